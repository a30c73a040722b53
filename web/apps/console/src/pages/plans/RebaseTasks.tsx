import { ArrowRightOutlined } from '@ant-design/icons';
import type { Page, RebaseTask } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useNames } from '../../components/Names';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import './plans.css';

export function useRebaseTasks(limit: number) {
  const can = useCan();
  return useGet<Page<RebaseTask>>(can('plan.write') ? '/plans/rebase-tasks' : null, { limit });
}

/** A plan whose standard has a newer version: opens the difference, or the draft that only waits to be published. Where the
 *  standard is out of use: the plan. */
export function RebaseTaskLink({ task }: { task: RebaseTask }) {
  const { t } = useTranslation();
  const names = useNames();
  const pair = usePair();
  const format = useFormat();
  return (
    <Link className="task" to={task.draft_ready || task.archived ? `/plans/${task.plan_id}` : `/plans/${task.plan_id}/difference`}>
      <span>
        <span className="cell-main">{pair(task, 'name')}</span>
        <span className="cell-sub">
          {names.unit(task)} · {task.archived ? t('plans.task_archived', { name: pair(task, 'base_name') }) : <>{t('plans.task_versions', { name: pair(task, 'base_name'), from: task.from_revision, to: task.to_revision })} · {task.draft_ready ? t('plans.task_publish') : task.conflicts > 0 ? t('plans.task_conflicts', { count: task.conflicts }) : t('plans.task_one_click')}</>}
        </span>
      </span>
      <span className={`chip ${task.overdue ? 'chip-bad' : 'chip-behind'}`}>{task.archived ? t('plans.base_archived') : task.overdue ? t('plans.overdue') : task.adopt_by ? t('plans.until', { date: format.date(task.adopt_by) }) : t('plans.behind')}</span>
      <ArrowRightOutlined aria-hidden />
    </Link>
  );
}

/** On the plans page: only there when something waits. */
export function RebaseTasks() {
  const { t } = useTranslation();
  const tasks = useRebaseTasks(5);
  if (!tasks.data || tasks.data.items.length === 0) return null;
  return (
    <section className="panel task-panel" aria-labelledby="rebase-tasks">
      <div className="panel-head">
        <h2 id="rebase-tasks">{t('plans.tasks')}</h2>
        {tasks.data.total > tasks.data.items.length && <Link to="/plans?behind=true">{t('plans.tasks_all', { count: tasks.data.total })}</Link>}
      </div>
      <ul className="task-list">{tasks.data.items.map((task) => <li key={task.plan_id}><RebaseTaskLink task={task} /></li>)}</ul>
    </section>
  );
}
