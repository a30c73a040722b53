import { CheckOutlined, SendOutlined } from '@ant-design/icons';
import type { HomeCounts, HomeView, InterviewView } from '@bole/api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useGet } from '../../api/hooks';
import { areaGroups } from '../../app/areas';
import { useCan, useSession } from '../../app/session';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { BandTag, StateTag } from '../../components/Tags';
import { score, useFormat } from '../../lib/format';
import { useLiveInterviews } from '../../lib/live';
import { usePair } from '../../lib/pair';
import { PlanTasks } from './PlanTasks';
import { PrivacyTasks } from './PrivacyTasks';

const counts: { key: keyof HomeCounts; to: string }[] = [
  { key: 'ready', to: '/interviews?state=ready' },
  { key: 'in_progress', to: '/interviews?state=in_progress' },
  { key: 'analysing', to: '/interviews?state=analysing' },
  { key: 'invited', to: '/interviews?state=invited' },
  { key: 'expired', to: '/interviews?state=expired' },
  { key: 'candidates', to: '/candidates' },
  { key: 'plans', to: '/plans' },
];

function ReviewTask({ interview }: { interview: InterviewView }) {
  const names = useNames();
  const pair = usePair();
  const format = useFormat();
  return (
    <Link className="task" to={`/interviews/${interview.id}/report`}>
      <span>
        <span className="cell-main">{interview.candidate_name}</span>
        <span className="cell-sub">{[names.job(interview) || pair(interview, 'plan_name'), names.unit(interview)].filter(Boolean).join(' · ')} · {format.ago(interview.report_ready_at)}</span>
      </span>
      <BandTag band={interview.band} />
      <span className="task-score">{score(interview.total)}</span>
    </Link>
  );
}

function RecentItem({ interview }: { interview: InterviewView }) {
  const pair = usePair();
  const format = useFormat();
  const to = interview.state === 'ready' ? `/interviews/${interview.id}/report` : `/interviews?open=${interview.id}`;
  return (
    <Link className="task" to={to}>
      <span>
        <span className="cell-main">{interview.candidate_name}</span>
        <span className="cell-sub">{pair(interview, 'plan_name')} · {format.ago(interview.finished_at ?? interview.started_at ?? interview.created_at)}</span>
      </span>
      <StateTag state={interview.state} />
    </Link>
  );
}

/** For people whose work is elsewhere: where they can go. */
function Areas() {
  const { t } = useTranslation();
  const can = useCan();
  const areas = areaGroups.flatMap((group) => group.areas).filter((area) => area.needs.length > 0 && area.needs.some(can));
  return (
    <nav className="counts" aria-label={t('nav.label')}>
      {areas.map((area) => <Link key={area.path} className="count" to={area.path}><div className="count-value" aria-hidden>{area.icon}</div><div className="count-label">{t(area.label)}</div></Link>)}
    </nav>
  );
}

export default function HomePage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const can = useCan();
  const sees = can('interview.read');
  const home = useGet<HomeView>(sees ? '/home' : null, undefined, { refetchInterval: 60_000 });
  const format = useFormat();
  useLiveInterviews(sees);
  const actions = can('interview.invite') && (
    <Link to="/interviews?invite=1"><Button type="primary" icon={<SendOutlined />} tabIndex={-1}>{t('home.invite')}</Button></Link>
  );
  return (
    <Page title={t('home.title', { name: user.name })} hint={t('home.hint')} actions={actions}>
      {!sees ? <Areas /> : home.isPending ? <div className="panel"><Loading rows={8} /></div>
        : home.isError ? <div className="panel"><ErrorState problem={home.error} onRetry={() => void home.refetch()} /></div>
          : (
            <div className="stack">
              <PlanTasks />
              {can('privacy.manage') && <PrivacyTasks />}
              <div className="home-grid">
                <section className="panel" aria-labelledby="to-review">
                  <div className="panel-head">
                    <h2 id="to-review">{t('home.to_review')}</h2>
                    <Link to="/interviews?state=ready">{t('home.all_reports')}</Link>
                  </div>
                  {home.data.to_review.length === 0
                    ? <EmptyState icon={<CheckOutlined />} title={t('home.nothing_to_review')} text={t('home.nothing_to_review_text')} />
                    : <ul className="task-list">{home.data.to_review.map((item) => <li key={item.id}><ReviewTask interview={item} /></li>)}</ul>}
                </section>
                <section className="panel" aria-labelledby="recent">
                  <div className="panel-head"><h2 id="recent">{t('home.recent')}</h2></div>
                  {home.data.recent.length === 0
                    ? <EmptyState title={t('home.no_recent')} text={t('home.no_recent_text')} />
                    : <ul className="task-list">{home.data.recent.map((item) => <li key={item.id}><RecentItem interview={item} /></li>)}</ul>}
                </section>
              </div>
              <nav className="counts" aria-label={t('home.counts')}>
                {counts.map(({ key, to }) => (
                  <Link key={key} className="count" to={to}>
                    <div className="count-value">{format.whole(home.data.counts[key])}</div>
                    <div className="count-label">{t(`home.count_${key}`)}</div>
                  </Link>
                ))}
              </nav>
            </div>
          )}
    </Page>
  );
}
