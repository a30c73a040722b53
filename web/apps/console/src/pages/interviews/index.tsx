import { SendOutlined, VideoCameraOutlined } from '@ant-design/icons';
import type { InterviewView } from '@bole/api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { FilterBar, MineFilter, SearchBox } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { OrgPicker, PlanPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { BandTag, StateTag } from '../../components/Tags';
import { useFilters } from '../../lib/filters';
import { score, useFormat } from '../../lib/format';
import { useLiveInterviews } from '../../lib/live';
import { usePair } from '../../lib/pair';
import { InterviewDrawer } from './InterviewDrawer';
import { InviteWizard } from './InviteWizard';
import { Progress } from './Progress';
import { StateFilter } from './StateFilter';
import './interviews.css';

export default function InterviewsPage() {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const format = useFormat();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const { filters, setFilter, clear, active } = useFilters(['q', 'state', 'plan_id', 'org_id', 'candidate_id', 'mine']);
  const live = useLiveInterviews();
  const openId = params.get('open');
  const inviting = params.get('invite') === '1' && can('interview.invite');
  const setParam = (name: string, value: string | null) => setParams((old) => {
    const next = new URLSearchParams(old);
    if (value === null) next.delete(name);
    else next.set(name, value);
    return next;
  }, { replace: true });
  const closeInvite = () => setParams((old) => {
    const next = new URLSearchParams(old);
    for (const name of ['invite', 'plan', 'candidates']) next.delete(name);
    return next;
  }, { replace: true });
  const open = (row: InterviewView) => {
    if (row.state === 'ready' && can('report.read')) void navigate(`/interviews/${row.id}/report`);
    else setParam('open', row.id);
  };
  const invite = can('interview.invite') && <Button type="primary" icon={<SendOutlined />} onClick={() => setParam('invite', '1')}>{t('home.invite')}</Button>;
  return (
    <Page title={t('interviews.title')} hint={<>{t('interviews.hint')} <span className={live ? 'live on' : 'live'} role="status"><i aria-hidden />{live ? t('interviews.live') : t('interviews.not_live')}</span></>} actions={invite}>
      <StateFilter value={filters.state} onChange={(value) => setFilter('state', value)} />
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('interviews.search')} />
        <PlanPicker className="filter-tree" value={filters.plan_id} onChange={(value) => setFilter('plan_id', value)} allowClear />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
        <MineFilter value={filters.mine} onChange={(value) => setFilter('mine', value)} />
      </FilterBar>
      <DataTable<InterviewView>
        path="/interviews"
        query={filters}
        label={t('interviews.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={open}
        selectedId={openId ?? undefined}
        empty={<EmptyState icon={<VideoCameraOutlined />} title={t('interviews.empty')} text={t('interviews.empty_text')} action={invite} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{row.candidate_name}</span>{row.band ? <span className="row" style={{ gap: 6 }}><b className="num">{score(row.total)}</b><BandTag band={row.band} /></span> : <StateTag state={row.state} />}</div>
            <span className="cell-sub">{pair(row, 'plan_name')} · {names.unit(row)}</span>
            {row.state === 'in_progress' && <Progress interview={row} />}
          </>
        )}
        columns={[
          {
            title: t('candidates.name'),
            render: (_, row) => (
              <>
                {row.state === 'ready' && can('report.read')
                  ? <Link className="cell-main" to={`/interviews/${row.id}/report`}>{row.candidate_name}</Link>
                  : <span className="cell-main">{row.candidate_name}</span>}
                <span className="cell-sub">{names.job(row) || '–'}</span>
              </>
            ),
          },
          { title: t('interviews.plan'), width: 220, render: (_, row) => <>{pair(row, 'plan_name')}<span className="cell-sub">{names.unit(row)}</span></> },
          { title: t('field.status'), width: 120, render: (_, row) => <StateTag state={row.state} /> },
          { title: t('interviews.progress'), width: 140, render: (_, row) => <Progress interview={row} /> },
          {
            title: t('interviews.result'), width: 170,
            render: (_, row) => (row.band ? <span className="row" style={{ flexWrap: 'nowrap' }}><b className="num">{score(row.total)}</b><BandTag band={row.band} /></span> : <span className="quiet">–</span>),
          },
          { title: t('interviews.invited_at'), width: 120, className: 'nowrap', render: (_, row) => <>{format.ago(row.created_at)}<span className="cell-sub">{row.created_by_name}</span></> },
          {
            key: 'more', width: 80, align: 'right',
            render: (_, row) => <Button type="link" size="small" onClick={() => setParam('open', row.id)}>{t('interviews.details')}</Button>,
          },
        ]}
      />
      {openId && <InterviewDrawer id={openId} onClose={() => setParam('open', null)} />}
      {inviting && (
        <InviteWizard planId={params.get('plan') ?? undefined} candidateIds={(params.get('candidates') ?? '').split(',').filter(Boolean)} onClose={closeInvite} />
      )}
    </Page>
  );
}
