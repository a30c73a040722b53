import { FilterOutlined } from '@ant-design/icons';
import type { AuditKey, AuditRecordDetail, AuditStatus, Items } from '@bole/api';
import { Alert, Button, Collapse, Descriptions, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { Checks } from './Checks';
import { OutcomeChip, SealedChip } from './Chips';
import { checkRecord, sides } from './verify';
import { useAuditWords } from './words';

interface Props {
  id: string;
  orgName: (id: string) => string;
  onFilter: (filters: Record<string, string>) => void;
  onClose: () => void;
}

export function RecordDrawer({ id, orgName, onFilter, onClose }: Props) {
  const { t } = useTranslation();
  const words = useAuditWords();
  const detail = useGet<AuditRecordDetail>(`/audit/records/${id}`);
  return (
    <Drawer open onClose={onClose} size={Math.min(680, window.innerWidth)} title={detail.data ? words.action(detail.data.record.action) : t('audit.title')}>
      {detail.isPending ? <Loading /> : detail.isError ? <ErrorState problem={detail.error} onRetry={() => void detail.refetch()} />
        : (
          <div className="stack">
            <What detail={detail.data} orgName={orgName} onFilter={onFilter} />
            <Proof detail={detail.data} />
          </div>
        )}
    </Drawer>
  );
}

function What({ detail, orgName, onFilter }: { detail: AuditRecordDetail; orgName: Props['orgName']; onFilter: Props['onFilter'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useAuditWords();
  const { record } = detail;
  const purpose = words.purpose(record.details);
  const more = Object.entries(record.details).filter(([key]) => key !== 'purpose' && key !== 'purpose_note');
  const only = (label: string, filters: Record<string, string>) => (
    <Button size="small" type="link" icon={<FilterOutlined />} onClick={() => onFilter(filters)}>{label}</Button>
  );
  return (
    <>
      {!detail.intact && <Alert type="error" showIcon title={t('audit.not_intact')} />}
      <div className="row"><OutcomeChip succeeded={record.succeeded} />{detail.intact && <SealedChip index={record.leaf_index} />}</div>
      <Descriptions column={1} size="small" items={[
        { key: 'at', label: t('audit.at'), children: <span className="num">{format.dateTime(record.at)} <span className="quiet">{record.at}</span></span> },
        {
          key: 'who', label: t('audit.actor'),
          children: <span className="row">{words.actor(record.actor_name, record.actor_kind)} <span className="quiet">{words.actorKind(record.actor_kind)}</span>{record.actor_name && only(t('audit.only_actor'), { actor: record.actor_name })}</span>,
        },
        {
          key: 'subject', label: t('audit.subject'),
          children: <span className="row">{words.subject(record.subject_kind)} <span className="mono audit-break">{record.subject_id}</span>{record.subject_id && only(t('audit.only_subject'), { subject_id: record.subject_id })}</span>,
        },
        { key: 'org', label: t('audit.org'), children: record.org_id ? orgName(record.org_id) : t('audit.whole_group') },
        ...(purpose ? [{ key: 'purpose', label: t('audit.purpose'), children: <span className="audit-break">{purpose}</span> }] : []),
        ...(more.length > 0 ? [{
          key: 'more', label: t('audit.details'),
          children: <span className="mono audit-break">{more.map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join('\n')}</span>,
        }] : []),
        { key: 'id', label: 'ID', children: <span className="mono audit-break">{record.id}</span> },
      ]} />
    </>
  );
}

function Proof({ detail }: { detail: AuditRecordDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const status = useGet<AuditStatus>('/audit');
  const keys = useGet<Items<AuditKey>>('/audit/keys', undefined, { staleTime: 60_000 });
  const { proof, record } = detail;
  if (!proof) {
    return (
      <section aria-labelledby="audit-proof">
        <h3 className="section-title" id="audit-proof">{t('audit.proof')}</h3>
        <p className="quiet">{t(record.leaf_index === undefined || record.leaf_index === null ? 'audit.not_sealed' : 'audit.no_head')}</p>
      </section>
    );
  }
  const from = sides(proof.leaf_index, proof.tree_size, proof.path.length);
  const steps = (
    <ol className="audit-steps">
      <li><span>{t('audit.leaf_hash')}</span><code>{detail.leaf_hash}</code></li>
      {proof.path.map((hash, index) => (
        <li key={index}><span>{t(from[index] === 'left' ? 'audit.step_left' : 'audit.step_right')}</span><code>{hash}</code></li>
      ))}
      <li className="audit-root"><span>{t('audit.root')}</span><code>{proof.head.root}</code></li>
    </ol>
  );
  return (
    <section className="stack" style={{ gap: 12 }} aria-labelledby="audit-proof">
      <h3 className="section-title" id="audit-proof">{t('audit.proof')}</h3>
      <p className="quiet">
        {t('audit.proof_text', { count: proof.path.length, size: format.whole(proof.tree_size) })}{' '}
        {format.dateTime(proof.head.at)}
      </p>
      {status.data && keys.data && (
        <Checks suite={detail.suite} run={() => checkRecord(detail, status.data.log_id, keys.data.items.find((key) => key.id === proof.head.key_id)?.public_key)} />
      )}
      <Collapse size="small" items={[
        { key: 'steps', label: t('audit.show_steps', { count: proof.path.length }), children: steps },
        { key: 'bytes', label: t('audit.canonical'), children: <pre className="audit-bytes">{detail.canonical}</pre> },
      ]} />
    </section>
  );
}
