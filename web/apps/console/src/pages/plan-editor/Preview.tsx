import { LeftOutlined, PlayCircleOutlined, RightOutlined } from '@ant-design/icons';
import type { CandidateSession, PlanView } from '@bole/api';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { currentLocale } from '../../app/i18n';
import { AssetMedia } from '../../components/AssetMedia';
import { ErrorState, Loading } from '../../components/States';
import { clock } from '../../lib/format';
import { pairText } from '../../lib/pair';
import { rehearsal } from './rehearsal';

interface Props {
  plan: PlanView;
  dirty: boolean;
  saving: boolean;
  onSave?: () => void;
  /** What is in use, instead of the draft. */
  published?: boolean;
}

/** The saved draft as a candidate sees it on a phone, one screen at a time. */
export function Preview({ plan, dirty, saving, onSave, published }: Props) {
  const { t } = useTranslation();
  const [locale, setLocale] = useState<string>(plan.document.language === 'candidate' ? currentLocale() : plan.document.language);
  const [screen, setScreen] = useState(0);
  const session = useGet<CandidateSession>(`/plans/${plan.id}/preview`, { locale, draft: !published }, { staleTime: 0 });
  const stages = session.data?.stages ?? [];
  const last = stages.length + 1;
  const at = Math.min(screen, last);
  const say = (key: string, params?: Record<string, unknown>) => t(key, { lng: locale, ...params });
  return (
    <div className="preview">
      <div className="row" style={{ justifyContent: 'space-between', marginBottom: 10 }}>
        <h2 className="section-title">{t('plans.preview')}</h2>
        <Segmented size="small" aria-label={t('plans.preview_language')} value={locale} onChange={setLocale} options={[{ value: 'zh-CN', label: '中' }, { value: 'en-US', label: 'EN' }]} />
      </div>
      {dirty && onSave && <p className="preview-stale">{t('plans.preview_stale')} <Button type="link" size="small" loading={saving} onClick={onSave}>{t('plans.preview_refresh')}</Button></p>}
      <div className="phone" lang={locale}>
        {session.isPending ? <Loading rows={5} /> : session.isError ? <ErrorState problem={session.error} onRetry={() => void session.refetch()} /> : (
          <>
            <div className="phone-head"><b>{locale === 'en-US' ? session.data.company_en : session.data.company}</b><span>{locale === 'en-US' ? session.data.job_name_en : session.data.job_name}</span></div>
            <div className="phone-steps" aria-hidden>{stages.map((stage, index) => <i key={stage.key} className={index < at ? 'on' : ''} />)}</div>
            {at === 0 && (
              <div className="phone-body">
                <h3>{say('preview.hello', { name: session.data.candidate_name })}</h3>
                <p className="pre">{pairText(locale, session.data, 'welcome')}</p>
                <p className="phone-quiet">{say('preview.stages', { count: stages.length })}</p>
                <ol>{stages.map((stage) => <li key={stage.key}>{pairText(locale, stage, 'title')} <span className="phone-quiet num">{clock(stage.time_limit_seconds)}</span></li>)}</ol>
                {session.data.consents.map((consent) => <p key={consent.key} className="phone-consent"><b>{pairText(locale, consent, 'title')}</b><br />{pairText(locale, consent, 'text')}</p>)}
              </div>
            )}
            {at > 0 && at < last && (() => {
              const stage = stages[at - 1]!;
              const { question_media: question, prompt_media: prompt } = stage;
              return (
                <div className="phone-body">
                  <p className="phone-quiet">{say('preview.stage', { number: at, count: stages.length })} · {pairText(locale, stage, 'title')}</p>
                  {prompt && <AssetMedia key={prompt.url} url={prompt.url} kind={prompt.kind} label={say('plans.prompt_media')} />}
                  {pairText(locale, stage, 'prompt') && <p className="phone-prompt pre">{pairText(locale, stage, 'prompt')}</p>}
                  <h3 className="pre">{pairText(locale, stage, 'question')}</h3>
                  {question && <AssetMedia key={question.url} url={question.url} kind={question.kind} label={say(`question_kind.${question.kind}`)} />}
                  <div className="phone-camera" aria-hidden />
                  <p className="phone-quiet num">{say('preview.times', { preparation: clock(stage.preparation_seconds), limit: clock(stage.time_limit_seconds) })}</p>
                  {stage.retakes_left > 0 && <p className="phone-quiet">{say('preview.retakes', { count: stage.retakes_left })}</p>}
                </div>
              );
            })()}
            {at === last && <div className="phone-body"><h3>{say('preview.end')}</h3><p className="pre">{pairText(locale, session.data, 'closing')}</p></div>}
          </>
        )}
      </div>
      <div className="row" style={{ justifyContent: 'center', marginTop: 10 }}>
        <Button size="small" icon={<LeftOutlined />} disabled={at === 0} aria-label={t('plans.preview_back')} onClick={() => setScreen(at - 1)} />
        <span className="quiet num">{at + 1} / {last + 1}</span>
        <Button size="small" icon={<RightOutlined />} disabled={at === last} aria-label={t('plans.preview_next')} onClick={() => setScreen(at + 1)} />
      </div>
      {!published && (
        <div className="row" style={{ justifyContent: 'center', marginTop: 8 }}>
          <Button size="small" type="link" icon={<PlayCircleOutlined />} href={rehearsal(plan.id, true)} target="_blank">{t('plans.rehearse')}</Button>
        </div>
      )}
    </div>
  );
}
