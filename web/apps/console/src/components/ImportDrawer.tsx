import { ApiProblem, type ImportView } from '@bole/api';
import { Alert, Button, Drawer, Form, Radio, Steps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { refresh, useGet, useSend } from '../api/hooks';
import { useSession } from '../app/session';
import { problemText } from '../lib/problem';
import { DownloadButton } from './DownloadButton';
import { FilePick, ImportResult } from './ImportSteps';
import { OrgPicker } from './Pickers';

interface Props {
  title: string;
  /** Where the file is sent; the result may still be running. */
  path: string;
  /** Where a running import is asked for its progress. */
  resultPath?: (id: string) => string;
  errorsPath?: (id: string) => string;
  templatePath: string;
  templateLabel: string;
  refreshPath: string;
  onClose: () => void;
}

/** Choose a file → try without writing → import. A bad row never stops the good ones unless asked to. */
export function ImportDrawer({ title, path, resultPath, errorsPath, templatePath, templateLabel, refreshPath, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { user } = useSession();
  const [orgId, setOrgId] = useState(user.org_id);
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<'partial' | 'all'>('partial');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [started, setStarted] = useState<ImportView | null>(null);
  const poll = useGet<ImportView>(started?.state === 'running' && resultPath ? resultPath(started.id) : null, undefined, {
    refetchInterval: (query) => (query.state.data?.state === 'running' || !query.state.data ? 1000 : false),
    staleTime: 0,
  });
  const result = started && poll.data && poll.data.id === started.id ? poll.data : started;
  const run = useSend((dryRun: boolean) => api.upload<ImportView>(path, file!, { org_id: orgId, dry_run: dryRun, mode, file_name: file!.name }), {
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
            <div className="row" style={{ justifyContent: 'space-between' }}>
              <span className="quiet">{t('import.template_hint')}</span>
              <DownloadButton size="small" path={templatePath}>{templateLabel}</DownloadButton>
            </div>
            <Form.Item label={t('import.org')} extra={t('import.org_hint')} style={{ marginBottom: 0 }} layout="vertical">
              <OrgPicker value={orgId} onChange={(value) => setOrgId(value ?? user.org_id)} />
            </Form.Item>
            <FilePick file={file} onPick={setFile} />
            <Radio.Group value={mode} onChange={(event) => setMode(event.target.value as 'partial' | 'all')} className="stack" style={{ gap: 6 }}>
              <Radio value="partial">{t('import_mode.partial')}</Radio>
              <Radio value="all">{t('import_mode.all')}</Radio>
            </Radio.Group>
          </>
        )}
        {result && <ImportResult result={result} errorsPath={result.errors.length > 0 ? errorsPath?.(result.id) : undefined} />}
      </div>
    </Drawer>
  );
}
