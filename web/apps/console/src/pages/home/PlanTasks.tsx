import type { Page, PlanView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useNames } from '../../components/Names';
import { usePair } from '../../lib/pair';
import { RebaseTaskLink, useRebaseTasks } from '../plans/RebaseTasks';

/** Plans that wait for me: a new standard to take over, a submission to decide. Not there when nothing waits. */
export function PlanTasks() {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const tasks = useRebaseTasks(5);
  const submitted = useGet<Page<PlanView>>(can('plan.approve') ? '/plans' : null, { submitted: true, limit: 5 });
  const rebases = tasks.data?.items ?? [];
  const decisions = submitted.data?.items ?? [];
  if (rebases.length + decisions.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="plan-tasks">
      <div className="panel-head"><h2 id="plan-tasks">{t('home.my_tasks')}</h2></div>
      <ul className="task-list">
        {decisions.map((plan) => (
          <li key={plan.id}>
            <Link className="task" to={`/plans/${plan.id}`}>
              <span><span className="cell-main">{pair(plan, 'name')}</span><span className="cell-sub">{names.unit(plan)}</span></span>
              <span className="chip chip-live">{t('plans.in_approval')}</span>
            </Link>
          </li>
        ))}
        {rebases.map((task) => <li key={task.plan_id}><RebaseTaskLink task={task} /></li>)}
      </ul>
    </section>
  );
}
