import { CalendarOutlined } from '@ant-design/icons';
import type { ChangeView } from '@bole/api';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { EnumFilter, FilterBar } from '../../components/Filters';
import { EmptyState } from '../../components/States';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { useName } from '../../lib/pair';

const tone: Record<ChangeView['state'], string> = { scheduled: 'chip-live', applied: 'chip-good', cancelled: 'chip-muted', failed: 'chip-bad' };

/** The acts on the tree; a scheduled one can be taken back. */
export function Changes() {
  const { t } = useTranslation();
  const can = useCan();
  const name = useName();
  const format = useFormat();
  const { filters, setFilter, clear, active } = useFilters(['state']);
  const cancel = useSend((change: ChangeView) => api.post<ChangeView>(`/org/changes/${change.id}/cancel`), {
    refresh: ['/org/changes', '/org/nodes'], done: t('org.change_cancelled'),
  });
  const node = (row: ChangeView) => name({ name: row.node_name, name_en: row.node_name_en });
  const what = (row: ChangeView) => (row.target_id
    ? t('org.change_to', { kind: t(`change_kind.${row.kind}`), target: name({ name: row.target_name, name_en: row.target_name_en }) })
    : t(`change_kind.${row.kind}`));
  const state = (row: ChangeView) => <span className={`chip ${tone[row.state]}`}>{t(`change_state.${row.state}`)}</span>;
  const failure = (row: ChangeView) => row.state === 'failed' && (
    <span className="cell-sub">
      {row.left_over.length === 0 ? t('org.rested_on_failed')
        : t('org.left_over', { rows: row.left_over.map((rows) => `${t(`affected.${rows.what}`)} ${format.whole(rows.count)}`).join(' · ') })}
    </span>
  );
  const cancelButton = (row: ChangeView) => can('org.write') && row.state === 'scheduled' && (
    <Popconfirm title={t('org.cancel_sure')} okText={t('org.cancel_change')} onConfirm={() => cancel.mutate(row)}>
      <Button size="small" danger type="text">{t('org.cancel_change')}</Button>
    </Popconfirm>
  );
  return (
    <>
      <FilterBar>
        <EnumFilter name="change_state" value={filters.state} onChange={(value) => setFilter('state', value)} placeholder={t('field.status')} />
      </FilterBar>
      <DataTable<ChangeView>
        path="/org/changes"
        query={filters}
        label={t('org.view_changes')}
        filtered={active}
        onClearFilters={clear}
        empty={<EmptyState icon={<CalendarOutlined />} title={t('org.no_changes')} text={t('org.no_changes_text')} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{node(row)}</span>{state(row)}</div>
            <span className="cell-sub">{format.date(row.effective_date)} · {what(row)}</span>
            {row.reason && <span className="cell-sub">{row.reason}</span>}
            {failure(row)}
            {cancelButton(row)}
          </>
        )}
        columns={[
          { title: t('org.effective'), width: 120, className: 'nowrap num', render: (_, row) => format.date(row.effective_date) },
          { title: t('org.change'), render: (_, row) => <><span className="cell-main">{node(row)}</span><span className="cell-sub">{what(row)}</span></> },
          { title: t('org.reason'), render: (_, row) => <>{row.reason}{failure(row)}</> },
          { title: t('org.author'), width: 130, render: (_, row) => (row.author_id ? row.author_name : <span className="quiet">{t('org.system')}</span>) },
          { title: t('field.status'), width: 110, render: (_, row) => state(row) },
          { title: '', width: 90, render: (_, row) => cancelButton(row) },
        ]}
      />
    </>
  );
}
