import { PictureOutlined, VideoCameraOutlined } from '@ant-design/icons';
import type { QuestionView } from '@bole/api';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetKind } from '../lib/assets';
import './assets.css';

interface Props {
  url: string;
  /** Without it a player that takes both video and sound. */
  kind?: AssetKind;
  /** What a picture shows, or what a player plays, for those who do not see it. */
  label: string;
}

/** A picture, or a player. */
export function AssetMedia({ url, kind, label }: Props) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  useEffect(() => setFailed(false), [url]);
  const onError = () => setFailed(true);
  if (failed) return <p className="asset-wrong" role="alert">{t('asset.cannot_show')}</p>;
  if (kind === 'picture') return <img className="asset-media" src={url} alt={label} onError={onError} />;
  if (kind === 'audio') return <audio className="asset-media" controls preload="metadata" src={url} aria-label={label} onError={onError} />;
  return <video className={`asset-media${kind ? '' : ' asset-any'}`} controls playsInline preload="metadata" src={url} aria-label={label} onError={onError} />;
}

/** Marks a question that shows a picture or a video. */
export function QuestionKind({ question }: { question: Pick<QuestionView, 'kind'> }) {
  const { t } = useTranslation();
  if (question.kind === 'text') return null;
  const Icon = question.kind === 'picture' ? PictureOutlined : VideoCameraOutlined;
  const label = t(`question_kind.${question.kind}`);
  return <Icon className="question-kind" aria-label={label} title={label} />;
}
