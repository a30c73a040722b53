import type { ConsentText, ConsentTexts as Kind, Items, OrgNodeView } from '@bole/api';
import { Button, Collapse } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { Mark } from './marks';
import { PublishText } from './PublishText';

/** What candidates of a unit are asked to agree to: the text in force, where it comes from, and every version. */
export function ConsentTexts() {
  const nodes = useGet<Items<OrgNodeView>>('/org/nodes');
  const [org, setOrg] = useState<string>();
  // The topmost unit in sight: what is published there reaches furthest.
  const unit = org ?? nodes.data?.items.toSorted((a, b) => a.depth - b.depth)[0]?.id;
  const texts = useGet<Items<Kind>>(unit ? '/privacy/consent-texts' : null, { org_id: unit });
  if (nodes.isError) return <ErrorState problem={nodes.error} onRetry={() => void nodes.refetch()} />;
  return (
    <>
      <div className="privacy-actions"><OrgPicker className="filter-tree" value={unit} onChange={setOrg} /></div>
      {!unit || texts.isPending ? <Loading /> : texts.isError ? <ErrorState problem={texts.error} onRetry={() => void texts.refetch()} />
        : <div className="stack">{texts.data.items.map((kind) => <KindPanel key={kind.key} kind={kind} org={unit} />)}</div>}
    </>
  );
}

function KindPanel({ kind, org }: { kind: Kind; org: string }) {
  const { t } = useTranslation();
  const pair = usePair();
  const can = useCan();
  const [publishing, setPublishing] = useState(false);
  const text = kind.in_force;
  return (
    <section className="panel" aria-labelledby={`text-${kind.key}`}>
      <div className="panel-head">
        <h2 id={`text-${kind.key}`}>{t(`consent_kind.${kind.key}`)} <span className="quiet">{t(kind.required ? 'privacy.text_required' : 'privacy.text_optional')}</span></h2>
        {can('privacy.manage') && <Button disabled={!kind.may_publish} onClick={() => setPublishing(true)}>{t('privacy.text_publish')}</Button>}
      </div>
      <div className="panel-body">
        <p className="privacy-text">{pair(text, 'text')}</p>
        <Origin text={text} />
        {kind.locked_by_name && <p className="quiet">{t('privacy.text_locked_by', { unit: kind.locked_by_name })}</p>}
        <dl className="privacy-terms">
          <dt>{t('privacy.purpose')}</dt><dd>{pair(text, 'purpose')}</dd>
          <dt>{t('privacy.text_effect')}</dt><dd>{pair(text, 'effect')}</dd>
          <dt>{t('privacy.basis')}</dt><dd>{kind.basis}</dd>
        </dl>
        <Collapse ghost size="small" items={[{
          key: 'history', label: t('privacy.text_history', { count: kind.history.length }),
          children: <ol className="privacy-lines">{kind.history.map((each) => <li key={each.version}><History text={each} current={each.version === text.version} /></li>)}</ol>,
        }]} />
      </div>
      {publishing && <PublishText kind={kind} org={org} onClose={() => setPublishing(false)} />}
    </section>
  );
}

function Origin({ text }: { text: ConsentText }) {
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  return (
    <p className="cell-sub">
      {t('privacy.text_origin', { version: text.version, since: format.dateTime(text.since), unit: text.org_name ? names.unit(text) : t('privacy.text_shipped') })}
      {text.published_by_name && ` · ${text.published_by_name}`}{text.locked && ` · ${t('privacy.text_locked')}`}
    </p>
  );
}

function History({ text, current }: { text: ConsentText; current: boolean }) {
  const { t } = useTranslation();
  const pair = usePair();
  const coming = new Date(text.since).getTime() > Date.now();
  return (
    <div>
      {(current || coming) && <Mark state={current ? 'given' : 'in_progress'} text={t(current ? 'privacy.text_in_force' : 'privacy.text_coming')} />}
      <p className="privacy-text">{text.inherits ? t('privacy.text_inherits_now') : pair(text, 'text')}</p>
      <Origin text={text} />
    </div>
  );
}
