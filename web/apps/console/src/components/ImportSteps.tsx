import { CheckCircleOutlined, FileExcelOutlined } from '@ant-design/icons';
import type { ImportView } from '@bole/api';
import { Alert, Progress, Table, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../lib/format';
import { DownloadButton } from './DownloadButton';

export function FilePick({ file, onPick }: { file: File | null; onPick: (file: File | null) => void }) {
  const { t } = useTranslation();
  return (
    <Upload.Dragger accept=".xlsx" maxCount={1} beforeUpload={(picked) => { onPick(picked); return false; }} onRemove={() => onPick(null)}
      fileList={file ? [{ uid: '1', name: file.name, status: 'done' }] : []}>
      <p style={{ fontSize: 30 }}><FileExcelOutlined className="quiet" aria-hidden /></p>
      <p>{t('import.drop')}</p>
      <p className="quiet">{t('import.drop_hint')}</p>
    </Upload.Dragger>
  );
}

/** What an import found: counts, and the rows to mend with column, reason and value. */
export function ImportResult({ result, errorsPath }: { result: ImportView; errorsPath?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (result.state === 'running') {
    const done = result.rows_total > 0 ? Math.round((100 * result.rows_done) / result.rows_total) : 0;
    return (
      <div role="status">
        <p style={{ marginBottom: 8 }}>{t('import.running', { done: format.whole(result.rows_done), total: format.whole(result.rows_total) })}</p>
        <Progress percent={done} status="active" />
        <p className="quiet">{t('import.can_leave')}</p>
      </div>
    );
  }
  // Row 0 speaks of the whole file and stands in the alert.
  const rows = result.errors.filter((error) => error.row > 0);
  const bad = result.rows_failed + result.rows_duplicate;
  return (
    <div className="stack">
      <dl className="import-counts">
        <div><dt>{t('import.total')}</dt><dd>{format.whole(result.rows_total)}</dd></div>
        <div className="good"><dt>{result.dry_run ? t('import.would_pass') : t('import.passed')}</dt><dd>{format.whole(result.rows_ok)}</dd></div>
        <div className={result.rows_duplicate > 0 ? 'mid' : ''}><dt>{t('import.duplicates')}</dt><dd>{format.whole(result.rows_duplicate)}</dd></div>
        <div className={result.rows_failed > 0 ? 'bad' : ''}><dt>{t('import.failed')}</dt><dd>{format.whole(result.rows_failed)}</dd></div>
      </dl>
      {result.state === 'failed' && <Alert type="error" showIcon title={t('import.state_failed')} description={result.errors[0]?.message} />}
      {bad === 0 && result.state === 'done' && (
        <p className="band-recommend"><CheckCircleOutlined aria-hidden /> {result.dry_run ? t('import.all_good') : t('import.all_done')}</p>
      )}
      {rows.length > 0 && (
        <>
          <div className="row" style={{ justifyContent: 'space-between' }}>
            <h3 className="section-title">{t('import.errors')}</h3>
            {errorsPath && <DownloadButton size="small" path={errorsPath}>{t('import.errors_file')}</DownloadButton>}
          </div>
          <Table size="small" pagination={false} scroll={{ y: 320, x: 'max-content' }} dataSource={rows} rowKey={(row) => `${row.row}-${row.column}-${row.code}`}
            columns={[
              { title: t('import.row'), dataIndex: 'row', width: 64, className: 'num' },
              { title: t('import.column'), dataIndex: 'column', width: 110 },
              { title: t('import.reason'), dataIndex: 'message' },
              { title: t('import.value'), dataIndex: 'value', render: (value: string) => <span className="mono">{value}</span> },
            ]} />
        </>
      )}
    </div>
  );
}
