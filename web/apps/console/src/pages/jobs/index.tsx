import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../components/Page';
import { Competencies } from './Competencies';
import { Families } from './Families';
import { Grades } from './Grades';
import { JobList } from './JobList';
import { Positions } from './Positions';
import './jobs.css';

const views = { jobs: JobList, positions: Positions, families: Families, grades: Grades, competencies: Competencies };
type View = keyof typeof views;

/** The job library: jobs, the seats for them, families, grades and the group's competencies. */
export default function JobsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const asked = params.get('view') ?? 'jobs';
  const view: View = asked in views ? (asked as View) : 'jobs';
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const Part = views[view];
  return (
    <Page title={t('jobs.title')} hint={t(`jobs_hint.${view}`)} actions={<span ref={setActions} className="row" />}>
      <div className="job-views">
        <Segmented<View> value={view} onChange={(value) => setParams(value === 'jobs' ? {} : { view: value })}
          options={(Object.keys(views) as View[]).map((value) => ({ value, label: t(`jobs_view.${value}`) }))} />
      </div>
      <Part actions={actions} />
    </Page>
  );
}
