import { ImportOutlined, PlusOutlined, SendOutlined, SolutionOutlined } from '@ant-design/icons';
import type { CandidateView } from '@bole/api';
import { Button, Tag } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useCan, useSession } from '../../app/session';
import { CustomFilters, useCustomForm } from '../../components/CustomFields';
import { DataTable } from '../../components/DataTable';
import { ExportButton } from '../../components/ExportButton';
import { EnumFilter, FilterBar, MineFilter, SearchBox } from '../../components/Filters';
import { ImportDrawer } from '../../components/imports/ImportDrawer';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { BandTag } from '../../components/Tags';
import { filterable } from '../../lib/custom-fields';
import { useFilters } from '../../lib/filters';
import { score, useFormat } from '../../lib/format';
import { CandidateEditor } from './CandidateEditor';

export default function CandidatesPage() {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const format = useFormat();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const { user } = useSession();
  const at = params.get('org_id') ?? user.org_id;
  const custom = filterable(useCustomForm('candidate', at).data).map((field) => `custom.${field.key}`);
  const { filters, setFilter, clear, active } = useFilters<string>(['q', 'org_id', 'job_id', 'source', 'tag', 'mine', ...custom]);
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const importing = params.get('import') === '1';
  const setImporting = useCallback((open: boolean) => setParams((old) => {
    const next = new URLSearchParams(old);
    if (open) next.set('import', '1');
    else next.delete('import');
    return next;
  }, { replace: true }), [setParams]);

  const add = can('candidate.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('candidates.add')}</Button>;
  const importButton = can('candidate.import') && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>;
  const exportButton = can('candidate.export') && <ExportButton personal path="/candidates/export" query={filters} />;
  return (
    <Page title={t('candidates.title')} hint={t('candidates.hint')} actions={<>{exportButton}{importButton}{add}</>}>
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('candidates.search')} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
        <JobPicker className="filter-tree" value={filters.job_id} onChange={(value) => setFilter('job_id', value)} />
        <EnumFilter name="source" value={filters.source} onChange={(value) => setFilter('source', value)} placeholder={t('candidates.source')} />
        <CustomFilters entity="candidate" orgId={at} filters={filters} setFilter={setFilter} />
        <MineFilter value={filters.mine} onChange={(value) => setFilter('mine', value)} />
        {filters.tag && <Tag closable onClose={() => setFilter('tag', null)} className="filter-tag">{filters.tag}</Tag>}
      </FilterBar>
      {chosen.length > 0 && (
        <div className="selection-bar" role="status">
          {t('candidates.chosen', { count: chosen.length })}
          <Link to={`/interviews?invite=1&candidates=${chosen.join(',')}`}><Button size="small" type="primary" icon={<SendOutlined />} tabIndex={-1}>{t('candidates.invite')}</Button></Link>
          <Button size="small" type="text" onClick={() => setChosen([])}>{t('candidates.unselect')}</Button>
        </div>
      )}
      <DataTable<CandidateView>
        path="/candidates"
        query={filters}
        label={t('candidates.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={(row) => void navigate(`/candidates/${row.id}`)}
        rowSelection={can('interview.invite') ? { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)), preserveSelectedRowKeys: true, columnWidth: 44 } : undefined}
        empty={<EmptyState icon={<SolutionOutlined />} title={t('candidates.empty')} text={t('candidates.empty_text')} action={<div className="row">{importButton}{add}</div>} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{row.name}</span>{row.last_band ? <BandTag band={row.last_band} /> : <span className="quiet">{format.date(row.created_at)}</span>}</div>
            <span className="cell-sub">{[names.job(row), names.unit(row)].filter(Boolean).join(' · ')}</span>
          </>
        )}
        columns={[
          {
            title: t('candidates.name'),
            render: (_, row) => (
              <>
                <Link className="cell-main" to={`/candidates/${row.id}`}>{row.name}</Link>
                <span className="cell-sub num">{[row.phone_masked, row.email_masked].filter(Boolean).join(' · ') || '–'}</span>
              </>
            ),
          },
          { title: t('field.job'), render: (_, row) => <>{names.job(row) || '–'}<span className="cell-sub">{names.unit(row)}</span></> },
          { title: t('candidates.source'), width: 100, render: (_, row) => t(`source.${row.source}`) },
          {
            title: t('candidates.tags'),
            render: (_, row) => row.tags.map((tag) => <Tag key={tag} className="tag-button" onClick={(event) => { event.stopPropagation(); setFilter('tag', tag); }}>{tag}</Tag>),
          },
          { title: t('candidates.interviews'), width: 80, align: 'right', className: 'num', dataIndex: 'interviews' },
          {
            title: t('candidates.last'), width: 160,
            render: (_, row) => (row.last_band ? <span className="row"><b className="num">{score(row.last_score)}</b><BandTag band={row.last_band} /></span> : <span className="quiet">–</span>),
          },
          { title: t('common.created_at'), width: 110, className: 'num nowrap', render: (_, row) => format.date(row.created_at) },
        ]}
      />
      {adding && <CandidateEditor onClose={() => setAdding(false)} />}
      {importing && <ImportDrawer target="candidates" refreshPath="/candidates" onClose={() => setImporting(false)} />}
    </Page>
  );
}
