import { ImportOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons';
import type { HeadcountView, Items, OrgNodeView, PositionView } from '@bole/api';
import { Button, Collapse, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { ExportButton } from '../../components/ExportButton';
import { FilterBar, SearchBox } from '../../components/Filters';
import { ImportDrawer } from '../../components/imports/ImportDrawer';
import { useNames } from '../../components/Names';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { useName } from '../../lib/pair';
import { Actions, type PartProps } from './Actions';
import { PositionEditor } from './PositionEditor';

/** Seats for jobs in nodes. Who sits on them is not known before employees exist: then "—", never 0. */
export function Positions({ actions }: PartProps) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const name = useName();
  const format = useFormat();
  const { filters, setFilter, clear, active } = useFilters(['q', 'org_id', 'job_id']);
  const [open, setOpen] = useState<PositionView | 'new' | null>(null);
  const [importing, setImporting] = useState(false);
  const counts = useGet<Items<HeadcountView>>('/headcount');
  const nodes = useGet<Items<OrgNodeView>>('/org/nodes', undefined, { staleTime: 60_000 });
  const byNode = (nodes.data?.items ?? []).flatMap((node) => {
    const count = counts.data?.items.find((item) => item.org_id === node.id);
    return count ? [{ ...count, node }] : [];
  });
  // The chosen node, or the highest that is visible.
  const here = byNode.find((item) => item.org_id === filters.org_id) ?? (filters.org_id ? undefined : byNode[0]);
  const top = byNode[0]?.node.depth ?? 0;
  const add = can('job.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('positions.add')}</Button>;
  const jobName = (row: PositionView) => name({ name: row.job_name, name_en: row.job_name_en });
  const period = (row: PositionView) => `${format.date(row.valid_from)} – ${row.valid_to ? format.date(row.valid_to) : t('positions.open_end')}`;
  return (
    <>
      <Actions at={actions}>
        <ExportButton path="/positions/export" query={filters} />
        {can('job.write') && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>}
        {add}
      </Actions>
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('positions.search')} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
        <span className="job-filter"><JobPicker value={filters.job_id} onChange={(value) => setFilter('job_id', value)} /></span>
      </FilterBar>
      {here && (
        <section className="panel headcount" aria-label={t('positions.overview')}>
          <dl>
            <div><dt>{t('field.org')}</dt><dd className="headcount-node">{name(here.node)}</dd></div>
            <div><dt>{t('positions.total')}</dt><dd>{format.whole(here.total)}</dd></div>
            <div><dt>{t('positions.own')}</dt><dd>{format.whole(here.own)}</dd></div>
            <div><dt>{t('positions.filled')}</dt><dd>{here.filled === undefined || here.filled === null ? <span title={t('positions.filled_unknown')}>—</span> : format.whole(here.filled)}</dd></div>
          </dl>
          <Collapse ghost size="small" items={[{
            key: 'nodes', label: t('positions.by_node'),
            children: (
              <Table rowKey="org_id" size="small" pagination={false} dataSource={byNode} scroll={{ x: 'max-content', y: 320 }} aria-label={t('positions.by_node')} columns={[
                { title: t('field.org'), render: (_, row) => <span style={{ paddingInlineStart: (row.node.depth - top) * 16 }}>{name(row.node)}</span> },
                { title: t('positions.own'), width: 110, align: 'right', className: 'num', render: (_, row) => format.whole(row.own) },
                { title: t('positions.total'), width: 190, align: 'right', className: 'num', render: (_, row) => format.whole(row.total) },
                { title: t('positions.filled'), width: 90, align: 'right', className: 'num', render: (_, row) => (row.filled === undefined ? <span className="quiet" title={t('positions.filled_unknown')}>—</span> : format.whole(row.filled)) },
              ]} />
            ),
          }]} />
        </section>
      )}
      <DataTable<PositionView>
        path="/positions"
        query={filters}
        label={t('jobs_view.positions')}
        filtered={active}
        onClearFilters={clear}
        onOpen={can('job.write') ? setOpen : undefined}
        selectedId={typeof open === 'object' ? open?.id : undefined}
        empty={<EmptyState icon={<TeamOutlined />} title={t('positions.empty')} text={t('positions.empty_text')} action={add} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{name(row)}</span><span className="num">{format.whole(row.headcount)}</span></div>
            <span className="cell-sub">{names.unit(row)} · {jobName(row)}</span>
          </>
        )}
        columns={[
          { title: t('positions.position'), render: (_, row) => <><span className="cell-main">{name(row)}</span><span className="cell-sub">{row.code}</span></> },
          { title: t('jobs.name'), width: 180, render: (_, row) => jobName(row) },
          { title: t('field.org'), width: 200, render: (_, row) => names.unit(row) },
          { title: t('positions.headcount'), width: 100, align: 'right', className: 'num', render: (_, row) => format.whole(row.headcount) },
          { title: t('positions.filled'), width: 90, align: 'right', className: 'num', render: (_, row) => (row.filled === undefined ? <span className="quiet" title={t('positions.filled_unknown')}>—</span> : format.whole(row.filled)) },
          { title: t('positions.period'), width: 220, className: 'nowrap num', render: (_, row) => period(row) },
        ]}
      />
      {importing && <ImportDrawer target="positions" refreshPath="/positions" onClose={() => setImporting(false)} />}
      {open && <PositionEditor position={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  );
}
