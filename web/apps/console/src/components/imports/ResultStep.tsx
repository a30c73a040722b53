import { CheckCircleOutlined } from '@ant-design/icons';
import type { ImportDetail, ImportProblem } from '@bole/api';
import { Alert, Grid, Progress, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format';
import { DownloadButton } from '../DownloadButton';

export const busy = ['checking', 'running', 'undoing'];

/** How far it is, what came of it, and the rows to mend. */
export function ResultStep({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { batch } = detail;
  if (busy.includes(batch.state)) {
    const undoing = batch.state === 'undoing';
    const done = undoing ? batch.rows_undone + batch.rows_kept : batch.rows_done;
    const total = undoing ? batch.rows_created + batch.rows_updated : batch.rows_total;
    return (
      <div role="status">
        <p style={{ marginBottom: 8 }}>
          {batch.state === 'checking' ? t('import.checking', { done: format.whole(done) }) : t(`import.${batch.state}`, { done: format.whole(done), total: format.whole(total) })}
        </p>
        <Progress percent={total > 0 && batch.state !== 'checking' ? Math.round((100 * done) / total) : 0} status="active" showInfo={batch.state !== 'checking'} />
        <p className="quiet">{t('import.can_leave')}</p>
      </div>
    );
  }
  const checked = batch.state === 'checked';
  const undone = batch.rows_undone + batch.rows_kept > 0;
  const counts: [string, number, string][] = [
    [t('import.total'), batch.rows_total, ''],
    [checked ? t('import.would_create') : t('import.created'), batch.rows_created, 'good'],
    [checked ? t('import.would_update') : t('import.updated'), batch.rows_updated, 'good'],
    [t('import.skipped'), batch.rows_skipped, 'mid'],
    [t('import.failed'), batch.rows_failed, 'bad'],
    ...(undone ? [[t('import.undone'), batch.rows_undone, 'good'], [t('import.kept'), batch.rows_kept, 'mid']] as [string, number, string][] : []),
  ];
  return (
    <div className="stack">
      <dl className="import-counts">
        {counts.map(([label, count, tone]) => <div key={label} className={count > 0 ? tone : ''}><dt>{label}</dt><dd>{format.whole(count)}</dd></div>)}
      </dl>
      {batch.failure && <Alert type="error" showIcon title={t(`import_state.${batch.state}`)} description={batch.failure} />}
      {checked && batch.mode === 'all' && batch.rows_failed > 0 && <Alert type="warning" showIcon title={t('import.all_blocked')} />}
      {batch.rows_failed === 0 && batch.rows_skipped === 0 && !undone && (checked || batch.state === 'done') && (
        <p className="band-recommend"><CheckCircleOutlined aria-hidden /> {checked ? t('import.all_good') : t('import.all_done')}</p>
      )}
      {!batch.own && <p className="quiet">{t('import.not_own')}</p>}
      {detail.problems.length > 0 && <Problems problems={detail.problems} path={batch.file_gone ? undefined : `/imports/${batch.id}/problems.xlsx`} />}
    </div>
  );
}

function Problems({ problems, path }: { problems: ImportProblem[]; path?: string }) {
  const { t } = useTranslation();
  const screens = Grid.useBreakpoint();
  return (
    <>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <h3 className="section-title">{t('import.problems')}</h3>
        {path && <DownloadButton size="small" path={path}>{t('import.problems_file')}</DownloadButton>}
      </div>
      {screens.md === false ? (
        <ul className="import-problems">
          {problems.map((row) => (
            <li key={`${row.row}-${row.column}-${row.code}`}>
              <span className="cell-sub">{t('import.place', { row: row.row, column: row.title || row.column || '–' })}</span>
              <span className={row.blocking ? '' : 'quiet'}>{row.message}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Table size="small" pagination={false} scroll={{ y: 320 }} dataSource={problems} rowKey={(row) => `${row.row}-${row.column}-${row.code}`}
          columns={[
            { title: t('import.row'), dataIndex: 'row', width: 64, className: 'num' },
            { title: t('import.column'), width: 150, render: (_, row) => (row.column ? `${row.column} ${row.title}` : '–') },
            { title: t('import.reason'), render: (_, row) => <span className={row.blocking ? '' : 'quiet'}>{row.message}</span> },
          ]} />
      )}
    </>
  );
}
