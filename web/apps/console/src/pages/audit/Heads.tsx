import { LinkOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import type { AuditConsistency, AuditHead, AuditKey, Items } from '@bole/api';
import { Alert, Button, Modal, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { DataTable } from '../../components/DataTable';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { Checks } from './Checks';
import { SignatureChip } from './Chips';
import { checkConsistency } from './verify';

/** Signed heads, the proof that two of them agree, and the public keys. */
export function Heads({ suite }: { suite: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [chosen, setChosen] = useState<AuditHead[]>([]);
  const [comparing, setComparing] = useState(false);
  const [from, to] = [...chosen].sort((a, b) => a.size - b.size);
  return (
    <div className="stack">
      <p className="quiet">{t('audit.heads_hint')}</p>
      {chosen.length > 0 && (
        <div className="selection-bar" role="status" style={{ marginBottom: 0 }}>
          {t('audit.chosen_heads', { count: chosen.length })}
          <Button size="small" type="primary" icon={<LinkOutlined />} disabled={chosen.length !== 2} onClick={() => setComparing(true)}>{t('audit.compare')}</Button>
        </div>
      )}
      <DataTable<AuditHead>
        path="/audit/heads"
        label={t('audit.tab_heads')}
        empty={<EmptyState icon={<SafetyCertificateOutlined />} title={t('audit.heads_empty')} text={t('audit.heads_empty_text')} />}
        rowSelection={{
          selectedRowKeys: chosen.map((head) => head.id), onChange: (_, rows) => setChosen(rows.slice(-2)), preserveSelectedRowKeys: true,
          hideSelectAll: true, columnWidth: 44,
        }}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main num">{format.whole(row.size)} · {format.dateTime(row.at)}</span><SignatureChip valid={row.valid} /></div>
            <span className="mono audit-break">{row.root}</span>
          </>
        )}
        columns={[
          { title: t('audit.head_size'), width: 110, align: 'right', className: 'num', render: (_, row) => format.whole(row.size) },
          { title: t('audit.at'), width: 160, className: 'num nowrap', render: (_, row) => format.dateTime(row.at) },
          { title: t('audit.root'), render: (_, row) => <span className="mono" title={row.root}>{row.root.slice(0, 32)}…</span> },
          { title: t('audit.head_key'), width: 130, render: (_, row) => <span className="mono" title={row.key_id}>{row.key_id.slice(0, 12)}…</span> },
          { title: '', width: 130, render: (_, row) => <SignatureChip valid={row.valid} /> },
        ]}
      />
      <Keys />
      {comparing && from && to && <Comparison from={from} to={to} suite={suite} onClose={() => setComparing(false)} />}
    </div>
  );
}

function Comparison({ from, to, suite, onClose }: { from: AuditHead; to: AuditHead; suite: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const proof = useGet<AuditConsistency>('/audit/consistency', { from: from.size, to: to.size });
  return (
    <Modal open footer={null} width={680} onCancel={onClose}
      title={t('audit.compare_title', { from: format.whole(from.size), to: format.whole(to.size) })}>
      {proof.isPending ? <Loading rows={3} /> : proof.isError ? <ErrorState problem={proof.error} onRetry={() => void proof.refetch()} /> : (
        <div className="stack">
          <Alert type={proof.data.consistent ? 'success' : 'error'} showIcon title={t(proof.data.consistent ? 'audit.consistent' : 'audit.inconsistent')} />
          <Checks suite={suite} run={() => checkConsistency(proof.data)} />
          <ol className="audit-steps">{proof.data.path.map((hash, index) => <li key={index}><code>{hash}</code></li>)}</ol>
        </div>
      )}
    </Modal>
  );
}

function Keys() {
  const { t } = useTranslation();
  const format = useFormat();
  const keys = useGet<Items<AuditKey>>('/audit/keys');
  if (!keys.data || keys.data.items.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="audit-keys">
      <div className="panel-head"><h2 id="audit-keys">{t('audit.keys')}</h2><span className="quiet">{t('audit.keys_hint')}</span></div>
      <ul className="audit-keys">
        {keys.data.items.map((key) => (
          <li key={key.id}>
            <Typography.Text className="mono audit-break" copyable={{ text: key.id }}>{key.id}</Typography.Text>
            <span className="quiet">{key.suite} · {t('audit.key_since', { date: format.dateTime(key.created_at) })}{key.active && ` · ${t('audit.key_active')}`}</span>
            <Typography.Paragraph className="audit-bytes" copyable={{ text: key.pem }}>{key.pem}</Typography.Paragraph>
          </li>
        ))}
      </ul>
    </section>
  );
}
