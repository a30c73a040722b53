import { LockOutlined } from '@ant-design/icons';
import type { LegalHold } from '@bole/api';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/States';
import { useFormat } from '../../lib/format';
import { Mark, PersonLink, PersonName } from './marks';

export function Holds() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const release = useSend((hold: LegalHold) => api.post(`/privacy/holds/${hold.id}/release`), { refresh: ['/privacy/holds'], done: t('privacy.released') });
  const state = (row: LegalHold) => <Mark state={row.active ? 'in_progress' : 'expired'} text={row.active ? t('privacy.hold_active') : t('privacy.hold_ended')} />;
  const end = (row: LegalHold) => row.active && can('privacy.manage') && (!row.may_release ? <span className="cell-sub">{t('privacy.hold_from_above', { unit: row.set_at_name })}</span> : (
    <Popconfirm title={t('privacy.release_sure')} okText={t('privacy.release')} onConfirm={() => release.mutate(row)}>
      <Button size="small">{t('privacy.release')}</Button>
    </Popconfirm>
  ));
  const until = (row: LegalHold) => (row.until_at ? format.date(row.until_at) : t('privacy.until_released'));
  return (
    <DataTable<LegalHold>
      path="/privacy/holds" label={t('privacy.tab_holds')}
      empty={<EmptyState icon={<LockOutlined />} title={t('privacy.no_holds')} text={t('privacy.no_holds_text')} />}
      card={(row) => (
        <>
          <div className="card-line"><PersonName name={row.person_name} />{state(row)}</div>
          <span className="cell-sub">{row.reason} · {row.placed_by_name} · {until(row)}</span>
          {end(row)}
        </>
      )}
      columns={[
        { title: t('privacy.person'), render: (_, row) => <><PersonLink row={row} /><span className="cell-sub">{row.interview_id ? t('privacy.one_interview') : t('privacy.everything')}</span></> },
        { title: t('privacy.reason'), render: (_, row) => <span className="pre">{row.reason || '–'}</span> },
        { title: t('field.status'), width: 110, render: (_, row) => state(row) },
        { title: t('privacy.placed'), width: 190, render: (_, row) => <>{row.placed_by_name}<span className="cell-sub num">{format.dateTime(row.placed_at)}</span></> },
        { title: t('privacy.until'), width: 150, className: 'num', render: (_, row) => (row.released_at ? `${row.released_by_name} · ${format.date(row.released_at)}` : until(row)) },
        { title: '', width: 150, render: (_, row) => end(row) },
      ]}
    />
  );
}
