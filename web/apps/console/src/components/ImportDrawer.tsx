import { DownloadOutlined } from '@ant-design/icons';
import { ApiProblem, type ImportView } from '@bole/api';
import { Alert, Button, Drawer, Radio, Steps } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';
import { refresh, useGet, useSend } from '../api/hooks';
import { problemText } from '../lib/problem';
import { FilePick, ImportResult } from './ImportSteps';

interface Props {
  title: string;
  /** Sends the file; the result may still be running. */
  send: (file: File, dryRun: boolean, mode: 'partial' | 'all') => Promise<ImportView>;
  /** Where a running import is asked for its progress. */
  resultPath: (id: string) => string;
  errorsUrl: (id: string) => string;
  templateUrl?: string;
  refreshPath: string;
  /** More to choose before the file, such as the organisation. */
  options?: ReactNode;
  onClose: () => void;
}

/** Choose a file → try without writing → import. A bad row never stops the good ones unless asked to. */
export function ImportDrawer({ title, send, resultPath, errorsUrl, templateUrl, refreshPath, options, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<'partial' | 'all'>('partial');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [started, setStarted] = useState<ImportView | null>(null);
  const poll = useGet<ImportView>(started?.state === 'running' ? resultPath(started.id) : null, undefined, {
    refetchInterval: (query) => (query.state.data?.state === 'running' || !query.state.data ? 1000 : false),
    staleTime: 0,
  });
  const result = started && poll.data && poll.data.id === started.id ? poll.data : started;
  const run = useSend((dryRun: boolean) => send(file!, dryRun, mode), {
    onDone: setStarted,
    onProblem: (found) => {
      setProblem(found);
      return true;
    },
  });
  const finished = result !== null && result.state !== 'running' && !result.dry_run;
  useEffect(() => {
    if (finished) void refresh(client, refreshPath);
  }, [finished, client, refreshPath]);

  const step = !result ? 0 : result.dry_run ? 1 : 2;
  const start = (dryRun: boolean) => {
    setProblem(null);
    run.mutate(dryRun);
  };
  const again = () => {
    setStarted(null);
    setFile(null);
    setProblem(null);
  };
  const text = problem && problemText(problem, t);
  const importable = result?.dry_run && result.state === 'done' && result.rows_ok > 0 && (mode === 'partial' || result.rows_failed === 0);
  return (
    <Drawer open title={title} size={Math.min(760, window.innerWidth)} onClose={onClose} footer={
      <div className="row" style={{ justifyContent: 'flex-end', padding: '4px 0' }}>
        {step > 0 && <Button onClick={again}>{t('import.again')}</Button>}
        {step === 0 && <Button type="primary" disabled={!file} loading={run.isPending} onClick={() => start(true)}>{t('import.try')}</Button>}
        {step === 1 && <Button type="primary" disabled={!importable} loading={run.isPending} onClick={() => start(false)}>{t('import.start')}</Button>}
        {step === 2 && <Button type="primary" onClick={onClose}>{t('import.close')}</Button>}
      </div>
    }>
      <div className="stack">
        <Steps size="small" current={step} items={[{ title: t('import.step_file') }, { title: t('import.step_check') }, { title: t('import.step_done') }]} />
        {text && <Alert type="error" showIcon title={text.title} description={[text.detail, ...problem.errors.map((error) => error.message)].filter(Boolean).join(' · ') || undefined} />}
        {step === 0 && (
          <>
            {templateUrl && (
              <div className="row" style={{ justifyContent: 'space-between' }}>
                <span className="quiet">{t('import.template_hint')}</span>
                <Button size="small" icon={<DownloadOutlined />} href={templateUrl} download>{t('import.template')}</Button>
              </div>
            )}
            {options}
            <FilePick file={file} onPick={setFile} />
            <Radio.Group value={mode} onChange={(event) => setMode(event.target.value as 'partial' | 'all')} className="stack" style={{ gap: 6 }}>
              <Radio value="partial">{t('import_mode.partial')}</Radio>
              <Radio value="all">{t('import_mode.all')}</Radio>
            </Radio.Group>
          </>
        )}
        {result && <ImportResult result={result} errorsUrl={result.errors.length > 0 ? errorsUrl(result.id) : undefined} />}
      </div>
    </Drawer>
  );
}
