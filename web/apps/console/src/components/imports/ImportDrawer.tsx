import { UndoOutlined } from '@ant-design/icons';
import { ApiProblem, type ImportDetail } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Steps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { refresh, useGet, useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { problemText } from '../../lib/problem';
import { ErrorState, Loading } from '../States';
import { FileStep } from './FileStep';
import './imports.css';
import { missing, startMapping, toChoices } from './layout';
import { LayoutStep, type Layout } from './LayoutStep';
import { busy, ResultStep } from './ResultStep';

interface Props {
  /** What is imported: a key of GET /imports/targets. */
  target: string;
  /** An import that was started before. */
  id?: string;
  /** What is read again when rows were written or taken back. */
  refreshPath?: string;
  onClose: () => void;
}

/** Choose a file → say what its columns are → see what would happen → import → undo if need be. */
export function ImportDrawer({ target, id: given, refreshPath, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const { user } = useSession();
  const [id, setId] = useState(given);
  const [orgId, setOrgId] = useState(user.org_id);
  const [file, setFile] = useState<File | null>(null);
  const [changed, setChanged] = useState<Layout | null>(null);
  const [again, setAgain] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const path = id ? `/imports/${id}` : null;
  const read = useGet<ImportDetail>(path, undefined, {
    refetchInterval: (query) => (query.state.data && busy.includes(query.state.data.batch.state) ? 800 : false),
    staleTime: 0,
  });
  const detail = id ? read.data : undefined;
  const state = detail?.batch.state;
  const onProblem = (found: ApiProblem) => {
    setProblem(found);
    return true;
  };
  const keep = (fresh: ImportDetail) => {
    setProblem(null);
    setAgain(false);
    setId(fresh.batch.id);
    client.setQueryData([`/imports/${fresh.batch.id}`, {}], fresh);
  };
  const upload = useSend(() => api.upload<ImportDetail>('/imports', file!, { target, org_id: orgId, file_name: file!.name }), { onDone: keep, onProblem });
  const put = useSend((layout: Layout) => api.put<ImportDetail>(`${path}/layout`, { ...layout, mapping: toChoices(layout.mapping) }), { onDone: keep, onProblem });
  const act = useSend((what: 'start' | 'cancel' | 'undo') => api.post<ImportDetail>(`${path}/${what}`), { onDone: keep, onProblem });
  const ended = state !== undefined && ['done', 'undone', 'failed', 'cancelled'].includes(state);
  useEffect(() => {
    if (ended) void refresh(client, '/imports', ...(refreshPath ? [refreshPath] : []));
  }, [ended, state, client, refreshPath]);

  const editing = detail !== undefined && (state === 'uploaded' || (state === 'checked' && again)) && detail.batch.own;
  const layout: Layout | null = detail ? changed ?? { mapping: startMapping(detail.file), mode: detail.batch.mode, duplicates: detail.batch.duplicates } : null;
  const step = !detail ? 0 : editing ? 1 : state === 'checking' || state === 'checked' ? 2 : 3;
  const { batch } = detail ?? {};
  const startable = state === 'checked' && batch!.own && batch!.rows_created + batch!.rows_updated > 0 && (batch!.mode === 'partial' || batch!.rows_failed === 0);
  const restart = () => {
    setId(undefined);
    setFile(null);
    setChanged(null);
    setAgain(false);
    setProblem(null);
  };
  const undo = () => void modal.confirm({
    title: t('import.undo_title'), content: t('import.undo_text'), okText: t('import.undo'), okButtonProps: { danger: true }, cancelText: t('common.cancel'),
    onOk: () => act.mutateAsync('undo').catch(() => undefined),
  });
  const text = problem && problemText(problem, t);
  return (
    <Drawer open title={batch && given ? batch.file_name : t(`import_title.${target}`)} size={Math.min(820, window.innerWidth)} onClose={onClose} mask={{ closable: false }}
      extra={!given && <Link to="/settings/imports">{t('import.history')}</Link>}
      footer={
        <div className="row import-foot">
          {step === 0 && <Button type="primary" disabled={!file} loading={upload.isPending} onClick={() => upload.mutate()}>{t('import.next')}</Button>}
          {step === 1 && !given && <Button onClick={restart}>{t('import.again')}</Button>}
          {step === 1 && layout && (
            <Button type="primary" disabled={missing(detail!.columns, layout.mapping).length > 0} loading={put.isPending} onClick={() => put.mutate(layout)}>{t('import.check')}</Button>
          )}
          {state === 'checked' && !again && batch!.own && <Button onClick={() => setAgain(true)}>{t('import.change_columns')}</Button>}
          {state === 'checked' && !again && !given && <Button onClick={restart}>{t('import.again')}</Button>}
          {state === 'checked' && !again && <Button type="primary" disabled={!startable} loading={act.isPending} onClick={() => act.mutate('start')}>{t('import.start')}</Button>}
          {(state === 'checking' || state === 'running') && <Button loading={act.isPending} onClick={() => act.mutate('cancel')}>{t('import.cancel')}</Button>}
          {batch?.can_undo && <Button danger icon={<UndoOutlined />} loading={act.isPending} onClick={undo}>{t('import.undo')}</Button>}
          {step === 3 && <Button type="primary" onClick={onClose}>{t('import.close')}</Button>}
        </div>
      }>
      <div className="stack">
        <Steps size="small" current={step} responsive={false} items={['file', 'columns', 'check', 'done'].map((name) => ({ title: t(`import.step_${name}`) }))} />
        {text && <Alert type="error" showIcon title={text.title} description={[text.detail, ...problem.errors.map((error) => error.message)].filter(Boolean).join(' · ') || undefined} />}
        {!id && <FileStep target={target} orgId={orgId} onOrg={(value) => setOrgId(value ?? user.org_id)} file={file} onFile={setFile} />}
        {id && read.isPending && <Loading rows={6} />}
        {id && read.isError && <ErrorState problem={read.error} onRetry={() => void read.refetch()} />}
        {editing && layout && <LayoutStep detail={detail} layout={layout} onChange={setChanged} />}
        {detail && !editing && <ResultStep detail={detail} />}
      </div>
    </Drawer>
  );
}
