import { BookOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons';
import type { QuestionView } from '@bole/api';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session';
import { QuestionKind } from '../../components/AssetMedia';
import { DataTable } from '../../components/DataTable';
import { ExportButton } from '../../components/ExportButton';
import { FamilySelect } from '../../components/FamilySelect';
import { EnumFilter, FilterBar, SearchBox } from '../../components/Filters';
import { ImportDrawer } from '../../components/imports/ImportDrawer';
import { Page } from '../../components/Page';
import { JobPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { useDimensions } from '../../lib/dimensions';
import { useFamilies } from '../../lib/families';
import { useFilters } from '../../lib/filters';
import { clock } from '../../lib/format';
import { useName, usePair } from '../../lib/pair';
import { Difficulty } from './Difficulty';
import type { PartProps } from '.';
import { QuestionEditor } from './QuestionEditor';

export function QuestionList({ views }: PartProps) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const name = useName();
  const dimensions = useDimensions();
  const families = useFamilies();
  const { filters, setFilter, clear, active } = useFilters(['q', 'family', 'job_id', 'competency', 'difficulty', 'status']);
  const [open, setOpen] = useState<QuestionView | 'new' | null>(null);
  const [importing, setImporting] = useState(false);
  const jobs = (row: QuestionView) => row.jobs.map((job) => name(job)).join(t('common.list_comma'));
  const competency = (key: string) => pair(dimensions.find((item) => item.key === key), 'name') || key;
  const add = can('question.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('questions.add')}</Button>;
  return (
    <Page title={t('questions.title')} hint={t('questions.hint')} actions={(
      <>
        {can('question.write') && <ExportButton path="/questions/export" query={filters} />}
        {can('question.write') && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>}
        {add}
      </>
    )}>
      {views}
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('questions.search')} />
        <FamilySelect filter value={filters.family} onChange={(value) => setFilter('family', value)} />
        <JobPicker className="filter-tree" value={filters.job_id} onChange={(value) => setFilter('job_id', value)} />
        <Select className="filter-select" allowClear placeholder={t('questions.competency')} aria-label={t('questions.competency')} value={filters.competency}
          onChange={(value) => setFilter('competency', value)} options={dimensions.map((item) => ({ value: item.key, label: pair(item, 'name') }))} />
        <Select className="filter-select" allowClear placeholder={t('questions.difficulty')} aria-label={t('questions.difficulty')} value={filters.difficulty}
          onChange={(value) => setFilter('difficulty', value)} options={['1', '2', '3', '4', '5'].map((value) => ({ value, label: t('questions.difficulty_level', { level: value }) }))} />
        <EnumFilter name="item_status" value={filters.status} onChange={(value) => setFilter('status', value)} placeholder={t('field.status')} />
      </FilterBar>
      <DataTable<QuestionView>
        path="/questions"
        query={filters}
        label={t('questions.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={setOpen}
        selectedId={typeof open === 'object' ? open?.id : undefined}
        empty={<EmptyState icon={<BookOutlined />} title={t('questions.empty')} text={t('questions.empty_text')} action={add} />}
        card={(row) => (
          <>
            <span className="cell-main"><QuestionKind question={row} />{pair(row, 'text')}</span>
            <span className="cell-sub">{jobs(row) || families.name(row.family)} · {competency(row.competency)} · {row.code}</span>
          </>
        )}
        columns={[
          {
            title: t('questions.text'),
            render: (_, row) => (
              <div className="question-cell">
                <span className="cell-main"><QuestionKind question={row} />{pair(row, 'text')}</span>
                <span className="cell-sub">{row.code} · {t('questions.revision', { revision: row.revision })}{row.shipped ? ` · ${t('questions.shipped')}` : ''}</span>
              </div>
            ),
          },
          { title: t('jobs.family'), width: 130, render: (_, row) => <>{families.name(row.family)}{row.jobs.length > 0 && <span className="cell-sub">{jobs(row)}</span>}</> },
          { title: t('questions.competency'), width: 120, render: (_, row) => competency(row.competency) },
          { title: t('questions.difficulty'), width: 90, render: (_, row) => <Difficulty level={row.difficulty} /> },
          { title: t('questions.seconds'), width: 80, align: 'right', className: 'num', render: (_, row) => clock(row.suggested_seconds) },
          { title: t('questions.points'), width: 70, align: 'right', className: 'num', render: (_, row) => row.rubric.points.length },
          { title: t('field.status'), width: 80, render: (_, row) => <span className={row.status === 'active' ? '' : 'quiet'}>{t(`item_status.${row.status}`)}</span> },
        ]}
      />
      {open && <QuestionEditor question={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
      {importing && <ImportDrawer target="questions" refreshPath="/questions" onClose={() => setImporting(false)} />}
    </Page>
  );
}
