import { DeleteOutlined } from '@ant-design/icons';
import type { Erasure } from '@bole/api';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { useNames } from '../../components/Names';
import { EmptyState } from '../../components/States';
import { useFormat } from '../../lib/format';
import { useMessageError } from '../../lib/server-text';
import { Mark, PersonLink, PersonName } from './marks';

export function Erasures() {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const format = useFormat();
  const errorText = useMessageError();
  const decide = useSend(({ row, what }: { row: Erasure; what: 'approve' | 'reject' }) => api.post(`/privacy/erasures/${row.id}/${what}`, { version: row.version }), {
    refresh: ['/privacy/erasures', '/privacy/certificates', '/privacy/requests'], done: t('common.saved'),
  });
  const actions = (row: Erasure) => {
    if (row.state === 'done' && row.certificate_id) return <Link to={`/privacy/certificates?open=${row.certificate_id}`}>{t('privacy.certificate')}</Link>;
    if (row.state !== 'proposed' || !can('privacy.erase')) return null;
    return (
      <span className="row">
        {row.mine
          ? <span className="quiet">{t('privacy.needs_another')}</span>
          : (
            <Popconfirm title={t('privacy.approve_sure')} description={t('privacy.approve_sure_text')} okText={t('privacy.approve')} okButtonProps={{ danger: true }} onConfirm={() => decide.mutate({ row, what: 'approve' })}>
              <Button size="small" danger>{t('privacy.approve')}</Button>
            </Popconfirm>
          )}
        <Button size="small" onClick={() => decide.mutate({ row, what: 'reject' })}>{t('privacy.reject')}</Button>
      </span>
    );
  };
  return (
    <DataTable<Erasure>
      path="/privacy/erasures" label={t('privacy.tab_erasures')}
      empty={<EmptyState icon={<DeleteOutlined />} title={t('privacy.no_erasures')} text={t('privacy.no_erasures_text')} />}
      card={(row) => (
        <>
          <div className="card-line"><PersonName name={row.person_name} /><Mark state={row.state} text={t(`erasure_state.${row.state}`)} /></div>
          <span className="cell-sub">{t(`erasure_basis.${row.basis}`)} · {row.proposed_by_name} · {format.date(row.proposed_at)}</span>
          {actions(row)}
        </>
      )}
      columns={[
        { title: t('privacy.person'), render: (_, row) => <><PersonLink row={row} /><span className="cell-sub">{names.unit(row)}</span></> },
        { title: t('privacy.basis'), width: 200, render: (_, row) => t(`erasure_basis.${row.basis}`) },
        { title: t('field.status'), width: 150, render: (_, row) => <><Mark state={row.state} text={t(`erasure_state.${row.state}`)} />{row.failure && <span className="cell-sub">{errorText(row.failure)}</span>}</> },
        { title: t('privacy.proposed'), width: 180, render: (_, row) => <>{row.proposed_by_name}<span className="cell-sub num">{format.dateTime(row.proposed_at)}</span></> },
        { title: t('privacy.decided'), width: 180, render: (_, row) => (row.decided_at ? <>{row.decided_by_name}<span className="cell-sub num">{format.dateTime(row.decided_at)}</span></> : '–') },
        { title: '', width: 220, render: (_, row) => actions(row) },
      ]}
    />
  );
}
