import { ImportOutlined } from '@ant-design/icons';
import type { ImportTarget, ImportView, Items } from '@bole/api';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { DataTable } from '../../components/DataTable';
import { FilterBar } from '../../components/Filters';
import { ImportDrawer } from '../../components/imports/ImportDrawer';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { EmptyState } from '../../components/States';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';

const tone: Record<ImportView['state'], string> = {
  uploaded: 'plain', checking: 'live', checked: 'plain', running: 'live', done: 'good', failed: 'bad', cancelled: 'muted', undoing: 'live', undone: 'muted',
};

/** Every import of the visible units: what came of it, and the way back to it. */
export default function ImportsPage() {
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  const { filters, setFilter, clear, active } = useFilters(['target']);
  const targets = useGet<Items<ImportTarget>>('/imports/targets');
  const [open, setOpen] = useState<ImportView | null>(null);
  const state = (row: ImportView) => <span className={`chip chip-${tone[row.state]}`}><span className="chip-dot" aria-hidden />{t(`import_state.${row.state}`)}</span>;
  const count = (row: ImportView) => t('imports.counts', { written: format.whole(row.rows_created + row.rows_updated), failed: format.whole(row.rows_failed) });
  return (
    <Page title={t('imports.title')} hint={t('imports.hint')}>
      <FilterBar>
        <Select className="filter-select" allowClear placeholder={t('imports.target')} aria-label={t('imports.target')} value={filters.target}
          onChange={(value) => setFilter('target', value)} options={(targets.data?.items ?? []).map(({ key }) => ({ value: key, label: t(`import_target.${key}`) }))} />
      </FilterBar>
      <DataTable<ImportView>
        path="/imports"
        query={filters}
        label={t('imports.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={setOpen}
        selectedId={open?.id}
        empty={<EmptyState icon={<ImportOutlined />} title={t('imports.empty')} text={t('imports.empty_text')} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{row.file_name}</span>{state(row)}</div>
            <span className="cell-sub">{t(`import_target.${row.target}`)} · {count(row)} · {format.ago(row.created_at)}</span>
          </>
        )}
        columns={[
          { title: t('imports.file'), render: (_, row) => <><span className="cell-main">{row.file_name}</span><span className="cell-sub">{t(`import_target.${row.target}`)} · {names.unit(row)}</span></> },
          { title: t('field.status'), width: 150, render: (_, row) => state(row) },
          { title: t('import.total'), width: 90, align: 'right', className: 'num', render: (_, row) => format.whole(row.rows_total) },
          { title: t('imports.written'), width: 110, align: 'right', className: 'num', render: (_, row) => format.whole(row.rows_created + row.rows_updated) },
          { title: t('import.skipped'), width: 90, align: 'right', className: 'num', render: (_, row) => format.whole(row.rows_skipped) },
          { title: t('import.failed'), width: 90, align: 'right', className: 'num', render: (_, row) => format.whole(row.rows_failed) },
          { title: t('imports.by'), width: 140, dataIndex: 'created_by_name' },
          { title: t('common.created_at'), width: 160, className: 'num nowrap', render: (_, row) => format.dateTime(row.created_at) },
        ]}
      />
      {open && <ImportDrawer key={open.id} target={open.target} id={open.id} onClose={() => setOpen(null)} />}
    </Page>
  );
}
