import type { CandidateView, Page } from '@bole/api';
import { Button, Grid, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetKeeping } from '../../api/hooks';
import { SearchBox } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { JobPicker } from '../../components/Pickers';
import { EmptyState, ErrorState, Loading } from '../../components/States';

interface Props {
  chosen: Map<string, CandidateView>;
  onChange: (chosen: Map<string, CandidateView>) => void;
  jobId?: string;
}

/** Finds and ticks candidates; the choice stays while searching for more. */
export function CandidateChooser({ chosen, onChange, jobId }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const wide = Grid.useBreakpoint().md !== false;
  const [q, setQ] = useState('');
  const [job, setJob] = useState<string | undefined>(jobId);
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const list = useGetKeeping<Page<CandidateView>>('/candidates', { q, job_id: job, cursor, limit: 20 });
  const remove = (id: string) => {
    const next = new Map(chosen);
    next.delete(id);
    onChange(next);
  };
  return (
    <div>
      <div className="filters">
        <SearchBox value={q} onChange={(value) => { setCursors([]); setQ(value); }} placeholder={t('candidates.search')} />
        <JobPicker className="filter-tree" value={job} onChange={(value) => { setCursors([]); setJob(value); }} />
      </div>
      {chosen.size > 0 && (
        <div className="chosen" role="status" aria-label={t('candidates.chosen', { count: chosen.size })}>
          {[...chosen.values()].slice(0, 30).map((candidate) => <Tag key={candidate.id} closable onClose={() => remove(candidate.id)}>{candidate.name}</Tag>)}
          {chosen.size > 30 && <span className="quiet">{t('invite.and_more', { count: chosen.size - 30 })}</span>}
        </div>
      )}
      {list.isPending ? <Loading /> : list.isError ? <ErrorState problem={list.error} onRetry={() => void list.refetch()} />
        : list.data.items.length === 0 ? <EmptyState title={t('list.nothing_found')} text={t('invite.nobody')} /> : (
          <>
            <Table<CandidateView> rowKey="id" size="small" pagination={false} dataSource={list.data.items} scroll={{ x: 'max-content' }}
              rowSelection={{
                selectedRowKeys: [...chosen.keys()],
                preserveSelectedRowKeys: true,
                onChange: (_, rows) => onChange(new Map(rows.filter(Boolean).map((row) => [row.id, row]).concat(
                  [...chosen].filter(([id]) => !list.data.items.some((item) => item.id === id))) as [string, CandidateView][])),
              }}
              columns={[
                { title: t('candidates.name'), render: (_, row) => <><span className="cell-main">{row.name}</span>{!wide && <span className="cell-sub num">{[row.phone_masked, names.job(row)].filter(Boolean).join(' · ')}</span>}</> },
                { title: t('candidates.phone'), dataIndex: 'phone_masked', className: 'num', responsive: ['md'] },
                { title: t('field.job'), responsive: ['md'], render: (_, row) => names.job(row) || '–' },
                { title: t('candidates.interviews'), dataIndex: 'interviews', align: 'right', className: 'num', responsive: ['md'] },
              ]} />
            <div className="pager">
              <span className="quiet">{t(list.data.total_exact ? 'list.total' : 'list.total_more', { total: list.data.total })}</span>
              <span className="pager-buttons">
                <Button size="small" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>{t('list.previous')}</Button>
                <Button size="small" disabled={!list.data.next_cursor} onClick={() => setCursors([...cursors, list.data.next_cursor!])}>{t('list.next')}</Button>
              </span>
            </div>
          </>
        )}
    </div>
  );
}
