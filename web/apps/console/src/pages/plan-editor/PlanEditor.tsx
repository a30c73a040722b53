import { HistoryOutlined, InboxOutlined, MobileOutlined, SendOutlined, UndoOutlined } from '@ant-design/icons';
import type { PlanCheck, PlanDocument, PlanView, ProblemError } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, ConfigProvider, DatePicker, Drawer, Form, Grid, Modal, Popconfirm } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useBlocker } from 'react-router';
import { api } from '../../api/client';
import { refresh, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { useFormat } from '../../lib/format';
import { pairText } from '../../lib/pair';
import { PlanBadges } from '../plans/PlanBadges';
import { PlanStatus } from '../plans/PlanStatus';
import '../plans/plans.css';
import { ApprovalBar } from './ApprovalBar';
import { Basics } from './Basics';
import { Dimensions } from './Dimensions';
import { draftOf, place, quickProblems, type Draft } from './draft';
import { Followers } from './Followers';
import { Governance } from './Governance';
import { locksOf } from './locks';
import { Preview } from './Preview';
import { ProblemsContext } from './problems';
import { Stages } from './Stages';
import { Words } from './Words';

/** `former`: an earlier version, to be read only. */
export function PlanEditor({ plan: loaded, former }: { plan: PlanView; former?: boolean }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const { modal } = App.useApp();
  const can = useCan();
  const format = useFormat();
  const client = useQueryClient();
  const screens = Grid.useBreakpoint();
  const [plan, setPlan] = useState(loaded);
  const [draft, setDraft] = useState<Draft>(() => draftOf(loaded));
  const [saved, setSaved] = useState<Draft>(draft);
  const [serverProblems, setServerProblems] = useState<ProblemError[]>([]);
  const [tried, setTried] = useState(false);
  const [previewOpen, setPreviewOpen] = useState(false);
  const [deadline, setDeadline] = useState<Dayjs | null>(null);
  const [asking, setAsking] = useState(false);
  const [uploads, setUploads] = useState(0);
  const readOnly = former || !can('plan.write') || plan.status === 'archived' || plan.approval === 'submitted';
  const locks = locksOf(plan, draft.document.stages);
  const newStandard = Boolean(draft.document.governance) && Boolean(plan.published_revision);
  const dirty = draft !== saved;
  // What is published has the recordings that are on their way.
  const uploading = uploads > 0;

  const quick = useMemo(() => quickProblems(draft, t), [draft, t]);
  const problems = useMemo(() => (tried ? [...quick, ...serverProblems.filter((found) => !quick.some((own) => place(own.pointer) === place(found.pointer)))] : []), [tried, quick, serverProblems]);

  const change = (part: Partial<Draft>) => {
    setServerProblems([]);
    setDraft((old) => ({ ...old, ...part }));
  };
  const changeDocument = (part: Partial<PlanDocument> | ((now: PlanDocument) => Partial<PlanDocument>)) => {
    setServerProblems([]);
    setDraft((old) => ({ ...old, document: { ...old.document, ...(typeof part === 'function' ? part(old.document) : part) } }));
  };

  const showFirstProblem = () => setTimeout(() => document.querySelector('.ant-form-item-has-error, .problem-line')?.scrollIntoView({ behavior: 'smooth', block: 'center' }), 50);
  const save = useSend(() => api.put<PlanView>(`/plans/${plan.id}`, { version: plan.version, ...draft }), {
    done: t('plans.draft_saved'),
    onDone: (result) => {
      setPlan(result);
      setSaved(draft);
      void refresh(client, '/plans');
    },
    onProblem: (problem) => {
      if (problem.errors.length === 0) return false;
      setTried(true);
      setServerProblems(problem.errors);
      showFirstProblem();
      return true;
    },
  });
  const publish = useSend(
    async () => {
      const current = dirty ? await api.put<PlanView>(`/plans/${plan.id}`, { version: plan.version, ...draft }) : plan;
      setPlan(current);
      setSaved(draft);
      const check = await api.post<PlanCheck>(`/plans/${plan.id}/check`);
      if (check.problems.length > 0) return check;
      return api.post<PlanView>(`/plans/${plan.id}/publish`, { version: current.version, ...(newStandard && deadline && { adopt_by: deadline.endOf('day').toISOString() }) });
    },
    {
      onDone: (result) => {
        setAsking(false);
        if ('problems' in result) {
          setServerProblems(result.problems);
          showFirstProblem();
          return;
        }
        setPlan(result);
        setTried(false);
        void refresh(client, '/plans');
        modal.success({
          title: t('plans.published'), content: t('plans.published_text', { revision: result.published_revision ?? result.revision }),
          okText: t('common.close'),
        });
      },
      onProblem: (problem) => {
        if (problem.errors.length === 0) return false;
        setServerProblems(problem.errors);
        showFirstProblem();
        return true;
      },
    },
  );
  const archive = useSend(() => api.post<PlanView>(`/plans/${plan.id}/archive`), { done: t('plans.archived'), refresh: ['/plans'], onDone: setPlan });
  const restore = useSend(() => api.post<PlanView>(`/plans/${plan.id}/restore`), { done: t('plans.restored'), refresh: ['/plans'], onDone: setPlan });
  const tryPublish = () => {
    if (uploading) return;
    setTried(true);
    if (quick.length > 0) showFirstProblem();
    else if (newStandard) {
      setDeadline(dayjs().add(draft.document.governance?.adopt_days ?? 30, 'day'));
      setAsking(true);
    } else publish.mutate();
  };

  const saveNow = useRef(() => {});
  saveNow.current = () => { if (dirty && !readOnly && !save.isPending) save.mutate(); };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        saveNow.current();
      }
    };
    const onLeave = (event: BeforeUnloadEvent) => { if (dirty) event.preventDefault(); };
    window.addEventListener('keydown', onKey);
    window.addEventListener('beforeunload', onLeave);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('beforeunload', onLeave);
    };
  }, [dirty]);
  const blocker = useBlocker(dirty);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    modal.confirm({
      title: t('plans.leave'), content: t('plans.leave_text'), okText: t('plans.leave_ok'), cancelText: t('plans.leave_cancel'),
      onOk: () => blocker.proceed(), onCancel: () => blocker.reset(),
    });
  }, [blocker, modal, t]);

  const preview = <ConfigProvider componentDisabled={false}><Preview plan={plan} dirty={dirty} saving={save.isPending} onSave={readOnly ? undefined : () => save.mutate()} /></ConfigProvider>;
  const sideBySide = screens.xl;
  const canPublish = can('plan.publish') && plan.approval === 'none' && !readOnly && (dirty || plan.status === 'draft' || plan.has_draft);
  return (
    <Page
      wide
      title={pairText(i18n.language, draft, 'name') || t('plans.untitled')}
      back={{ to: '/plans', label: t('plans.title') }}
      hint={<span className="row"><PlanStatus plan={plan} /><PlanBadges plan={plan} linked /><span>{t('plans.revision', { revision: plan.revision })} · {names.unit(plan)} · {dirty ? t('plans.unsaved') : t('plans.saved_ago', { when: format.ago(plan.updated_at) })}</span></span>}
      actions={(
        <>
          {plan.revision > 1 && <Link to={`/plans/${plan.id}/versions`}><Button type="text" icon={<HistoryOutlined />} tabIndex={-1}>{t('versions.title')}</Button></Link>}
          {!sideBySide && !former && <Button icon={<MobileOutlined />} onClick={() => setPreviewOpen(true)}>{t('plans.preview')}</Button>}
          {!former && can('interview.invite') && plan.published_revision && !dirty && !plan.has_draft && plan.status === 'published' && (
            <Link to={`/interviews?invite=1&plan=${plan.id}`}><Button type="primary" icon={<SendOutlined />} tabIndex={-1}>{t('home.invite')}</Button></Link>
          )}
          {!readOnly && !dirty && (
            <Popconfirm title={t('plans.archive_sure')} okText={t('plans.archive')} onConfirm={() => archive.mutate()}>
              <Button type="text" icon={<InboxOutlined />} loading={archive.isPending}>{t('plans.archive')}</Button>
            </Popconfirm>
          )}
          {!former && plan.status === 'archived' && can('plan.publish') && (
            <Popconfirm title={plan.base ? t('plans.restore_sure') : t('plans.restore_sure_derived')} okText={t('plans.restore')} onConfirm={() => restore.mutate()}>
              <Button icon={<UndoOutlined />} loading={restore.isPending}>{t('plans.restore')}</Button>
            </Popconfirm>
          )}
          {!readOnly && <Button disabled={!dirty} loading={save.isPending} onClick={() => save.mutate()}>{t('plans.save_draft')}</Button>}
          {canPublish && <Button type="primary" loading={publish.isPending || uploading} onClick={tryPublish}>{t('plans.publish')}</Button>}
        </>
      )}
    >
      <ProblemsContext value={problems}>
        <Form layout="vertical" component={false} disabled={readOnly}>
          <div className="editor-grid">
            <div className="stack">
              {problems.length > 0 && <Alert type="error" showIcon title={t('plans.problems', { count: problems.length })} description={t('plans.problems_text')} />}
              {plan.status === 'published' && !readOnly && !plan.has_draft && <Alert type="info" showIcon title={t('plans.published_hint')} />}
              {former && <Alert type="info" showIcon title={t('versions.former_title', { revision: plan.revision })} description={t('versions.former_text')} />}
              {!former && <ConfigProvider componentDisabled={false}>
                {plan.base?.archived && plan.status !== 'archived' && (
                  <Alert type="error" showIcon title={t('plans.base_archived_title', { name: pairText(i18n.language, plan.base, 'name') })} description={t('plans.base_archived_text')}
                    action={can('plan.write') && <Link to="/plans?view=library"><Button size="small" tabIndex={-1}>{t('plans.library')}</Button></Link>} />
                )}
                {plan.base?.behind && plan.base.revision < plan.base.current_revision && (
                  <Alert type="warning" showIcon title={t('plans.behind_title', { name: pairText(i18n.language, plan.base, 'name'), revision: plan.base.current_revision })}
                    description={plan.base.adopt_by && t('plans.behind_text', { date: format.date(plan.base.adopt_by) })}
                    action={<Link to={`/plans/${plan.id}/difference`}><Button size="small" tabIndex={-1}>{t('plans.see_difference')}</Button></Link>} />
                )}
                <ApprovalBar plan={plan} dirty={dirty || uploading} onPlan={setPlan} />
              </ConfigProvider>}
              {locks.derived && <p className="lock-note">{t('plans.derived_note', { name: pairText(i18n.language, plan.base, 'name'), org: names.unit(plan.base) })}</p>}
              <Basics plan={plan} draft={draft} change={change} changeDocument={changeDocument} locks={locks} />
              <Dimensions orgId={plan.org_id} document={draft.document} change={changeDocument} readOnly={readOnly} jobId={draft.job_id} locks={locks} />
              <Stages orgId={plan.org_id} jobId={draft.job_id} document={draft.document} change={changeDocument} readOnly={readOnly} locks={locks} onBusy={(busy) => setUploads((now) => now + (busy ? 1 : -1))} />
              <Words document={draft.document} change={changeDocument} locked={locks.words} />
              {!locks.derived && <Governance document={draft.document} change={changeDocument} readOnly={readOnly} />}
              {!former && plan.standard && plan.published_revision && <ConfigProvider componentDisabled={false}><Followers plan={plan} /></ConfigProvider>}
            </div>
            {sideBySide && !former && <aside className="preview-side" aria-label={t('plans.preview')}>{preview}</aside>}
          </div>
        </Form>
      </ProblemsContext>
      {!sideBySide && <Drawer open={previewOpen} onClose={() => setPreviewOpen(false)} title={t('plans.preview')} size={Math.min(440, window.innerWidth)}>{preview}</Drawer>}
      <Modal open={asking} title={t('plans.publish_standard')} okText={t('plans.publish')} confirmLoading={publish.isPending} onCancel={() => setAsking(false)} onOk={() => publish.mutate()}>
        <p style={{ marginBottom: 10 }}>{t('plans.publish_standard_text')}</p>
        <DatePicker value={deadline} onChange={setDeadline} allowClear={false} minDate={dayjs().add(1, 'day')} aria-label={t('plans.adopt_by')} />
      </Modal>
    </Page>
  );
}
