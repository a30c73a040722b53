import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, DownOutlined, HolderOutlined, LockOutlined, RightOutlined } from '@ant-design/icons';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import type { PlanDocument, PlanStage, QuestionView } from '@bole/api';
import { Button, Checkbox, Input, InputNumber, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { assetUrl } from '../../api/assets';
import { useGet } from '../../api/hooks';
import { AssetInput } from '../../components/AssetInput';
import { AssetMedia, QuestionKind } from '../../components/AssetMedia';
import type { AssetKind } from '../../lib/assets';
import { clock, useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { stageShare } from './draft';
import type { Locks } from './locks';
import { Field, ProblemLine, useHasProblem } from './problems';
import { PromptArea } from './PromptArea';

const promptMedia: readonly AssetKind[] = ['audio', 'video'];

interface Props {
  orgId: string;
  stage: PlanStage;
  index: number;
  count: number;
  document: PlanDocument;
  readOnly: boolean;
  open: boolean;
  locks: Locks;
  onToggle: () => void;
  /** A file of the stage is on its way. */
  onBusy: (busy: boolean) => void;
  onChange: (part: Partial<PlanStage>) => void;
  onPick: () => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** One stage; closed it is a line that tells what matters, open it is a form. */
export function StageCard({ orgId, stage, index, count, document, readOnly, open, locks, onToggle, onBusy, onChange, onPick, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const pair = usePair();
  const format = useFormat();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: stage.key, disabled: readOnly });
  const at = `/stages/${index}`;
  const closed = locks.stage(stage);
  const noTexts = readOnly || locks.texts(stage);
  const noPrompts = readOnly || locks.prompts(stage);
  const noTimes = readOnly || locks.times(stage);
  const bank = useGet<QuestionView>(stage.question_id ? `/questions/${stage.question_id}` : null, stage.question_revision ? { revision: stage.question_revision } : undefined, { staleTime: 300_000 });
  const text = pair(stage, 'question') || pair(bank.data, 'text');
  const wrong = useHasProblem(at);
  const name = pair(stage, 'title') || t(`stage_kind.${stage.kind}`);
  const options = document.dimensions.map((item) => ({ value: item.key, label: pair(item, 'name') }));
  return (
    <li ref={setNodeRef} style={{ transform: CSS.Translate.toString(transform), transition }} className={`stage${isDragging ? ' dragging' : ''}${wrong ? ' wrong' : ''}`}>
      <div className="stage-head">
        {!readOnly && (
          <button type="button" ref={setActivatorNodeRef} className="stage-handle" {...attributes} {...listeners} aria-label={t('plans.drag', { name })}><HolderOutlined /></button>
        )}
        <button type="button" className="stage-toggle" aria-expanded={open} onClick={onToggle}>
          <span className="stage-number num">{index + 1}</span>
          <span className="stage-words">
            <span className="cell-main">
              {stage.locked && <Tooltip title={t(locks.derived ? 'plans.stage_locked' : 'plans.stage_lock')}><LockOutlined className="lock" aria-label={t(locks.derived ? 'plans.stage_locked' : 'plans.stage_lock')} /></Tooltip>} {name}
              {locks.derived && locks.local(stage) && <span className="chip chip-muted" style={{ marginInlineStart: 6 }}>{t('plans.local')}</span>}
            </span>
            <span className="cell-sub stage-excerpt">{bank.data && <QuestionKind question={bank.data} />}{text || t('plans.no_text')}</span>
          </span>
          <span className="stage-facts num">{clock(stage.time_limit_seconds)} · {format.percent(stageShare(stage, document.stages))}</span>
          {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
        </button>
      </div>
      {open && (
        <div className="stage-body">
          {closed && <p className="lock-note"><LockOutlined aria-hidden /> {t('plans.stage_locked')}</p>}
          {!closed && locks.derived && !locks.local(stage) && (locks.texts(stage) || locks.prompts(stage) || locks.times(stage)) && <p className="lock-note"><LockOutlined aria-hidden /> {t('plans.stage_part_locked')}</p>}
          <div className="split-fields">
            <Field at={`${at}/title_zh`} label={t('plans.title_zh')}><Input disabled={noTexts} lang="zh-CN" maxLength={60} value={stage.title_zh} onChange={(event) => onChange({ title_zh: event.target.value })} /></Field>
            <Field at={`${at}/title_en`} label={t('plans.title_en')}><Input disabled={noTexts} lang="en" maxLength={60} value={stage.title_en} onChange={(event) => onChange({ title_en: event.target.value })} /></Field>
            <Field at={`${at}/question_zh`} label={t('questions.text_zh')}><Input.TextArea disabled={noTexts} lang="zh-CN" autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} placeholder={bank.data?.text_zh} value={stage.question_zh} onChange={(event) => onChange({ question_zh: event.target.value })} /></Field>
            <Field at={`${at}/question_en`} label={t('questions.text_en')}><Input.TextArea disabled={noTexts} lang="en" autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} placeholder={bank.data?.text_en} value={stage.question_en} onChange={(event) => onChange({ question_en: event.target.value })} /></Field>
          </div>
          <div className="row" style={{ marginBottom: 14 }}>
            {!noTexts && <Button size="small" onClick={onPick}>{stage.question_id ? t('plans.change_question') : t('plans.pick_question')}</Button>}
            <span className="quiet">{stage.question_id ? t('plans.from_bank', { revision: stage.question_revision ?? 1 }) : t('plans.own_question')}</span>
          </div>
          {bank.data?.asset_id && bank.data.kind !== 'text' && <div className="stage-media"><AssetMedia url={assetUrl(bank.data.asset_id)} kind={bank.data.kind} label={t(`question_kind.${bank.data.kind}`)} /></div>}
          <ProblemLine at={`${at}/question_id`} />
          <ProblemLine at={`${at}/key`} />
          <ProblemLine at={at} />
          {document.governance && <Checkbox checked={stage.locked} onChange={(event) => onChange({ locked: event.target.checked })} style={{ marginBottom: 12 }}>{t('plans.stage_lock')}</Checkbox>}
          <div className="time-fields">
            <Field at={`${at}/preparation_seconds`} label={t('plans.preparation')}><InputNumber disabled={noTimes} min={0} max={600} step={10} suffix={t('unit.seconds')} value={stage.preparation_seconds} onChange={(value) => onChange({ preparation_seconds: value ?? 0 })} /></Field>
            <Field at={`${at}/time_limit_seconds`} label={t('plans.time_limit')}><InputNumber disabled={noTimes} min={10} max={900} step={10} suffix={t('unit.seconds')} value={stage.time_limit_seconds} onChange={(value) => onChange({ time_limit_seconds: value ?? 10 })} /></Field>
            <Field at={`${at}/grace_seconds`} label={t('plans.grace')}><InputNumber disabled={noTimes} min={0} max={30} suffix={t('unit.seconds')} value={stage.grace_seconds} onChange={(value) => onChange({ grace_seconds: value ?? 0 })} /></Field>
            <Field at={`${at}/retakes`} label={t('plans.retakes')}><InputNumber disabled={noTimes} min={0} max={3} suffix={t('unit.times')} value={stage.retakes} onChange={(value) => onChange({ retakes: value ?? 0 })} /></Field>
            <Field at={`${at}/weight`} label={t('plans.stage_weight', { share: format.percent(stageShare(stage, document.stages)) })}><InputNumber disabled={readOnly || closed} min={0} max={100} step={0.5} value={stage.weight} onChange={(value) => onChange({ weight: value ?? 0 })} /></Field>
          </div>
          <Field at={`${at}/dimensions`} label={t('plans.stage_dimensions')} hint={t('plans.stage_dimensions_hint')}>
            <Select mode="multiple" disabled={readOnly || closed} options={options} value={stage.dimensions} onChange={(dimensions) => onChange({ dimensions })} placeholder={t('plans.dimensions')} />
          </Field>
          <div className="split-fields">
            <Field at={`${at}/prompt_zh`} label={t('plans.prompt_zh')}><PromptArea lang="zh-CN" value={stage.prompt_zh} onChange={(prompt_zh) => onChange({ prompt_zh })} readOnly={noPrompts} /></Field>
            <Field at={`${at}/prompt_en`} label={t('plans.prompt_en')}><PromptArea lang="en" value={stage.prompt_en} onChange={(prompt_en) => onChange({ prompt_en })} readOnly={noPrompts} /></Field>
          </div>
          <Field at={`${at}/prompt_asset_id`} label={t('plans.prompt_media')} hint={t('plans.prompt_media_hint')}>
            <AssetInput label={t('plans.prompt_media')} orgId={orgId} accept={promptMedia} value={stage.prompt_asset_id} disabled={noPrompts} onChange={(asset) => onChange({ prompt_asset_id: asset?.id })} onBusy={onBusy} />
          </Field>
          {!readOnly && (
            <div className="row">
              <Button size="small" icon={<ArrowUpOutlined />} disabled={index === 0} onClick={() => onMove(index - 1)}>{t('plans.up')}</Button>
              <Button size="small" icon={<ArrowDownOutlined />} disabled={index === count - 1} onClick={() => onMove(index + 1)}>{t('plans.down')}</Button>
              <Button size="small" type="text" danger disabled={closed} icon={<DeleteOutlined />} onClick={onRemove}>{t('plans.remove_stage')}</Button>
            </div>
          )}
        </div>
      )}
    </li>
  );
}
