import { FileSearchOutlined, ReloadOutlined } from '@ant-design/icons';
import type { InterviewView, ReportView } from '@bole/api';
import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { Page } from '../../components/Page';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { StateTag } from '../../components/Tags';
import { useLiveInterviews } from '../../lib/live';
import { Progress } from '../interviews/Progress';
import { ReportBody } from './ReportBody';
import { ReportHead } from './ReportHead';
import './report.css';

export default function ReportPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  useLiveInterviews();
  const report = useGet<ReportView>(`/interviews/${id}/report`, undefined, {
    refetchInterval: (query) => (query.state.data && ['none', 'analysing'].includes(query.state.data.status) ? 3000 : false),
  });
  if (!report.data) {
    return (
      <Page wide title={t('report.title')} back={{ to: '/interviews', label: t('interviews.title') }}>
        <div className="panel">{report.isError ? <ErrorState problem={report.error} onRetry={() => void report.refetch()} /> : <Loading rows={12} />}</div>
      </Page>
    );
  }
  return (
    <div className="page page-wide report">
      <title>{`${report.data.interview.candidate_name} · ${t('report.title')} · ${t('app.name')}`}</title>
      <ReportHead report={report.data} />
      {report.data.status === 'ready' ? <ReportBody key={id} report={report.data} /> : <NotReady interview={report.data.interview} status={report.data.status} />}
    </div>
  );
}

function NotReady({ interview, status }: { interview: InterviewView; status: ReportView['status'] }) {
  const { t } = useTranslation();
  const can = useCan();
  const again = useSend(() => api.post(`/interviews/${interview.id}/reanalyse`), { refresh: [`/interviews/${interview.id}`], done: t('report.reanalysing') });
  if (status === 'failed') {
    return (
      <div className="panel">
        <EmptyState icon={<FileSearchOutlined />} title={t('report.failed')} text={t('report.failed_text')}
          action={can('interview.invite') && <Button icon={<ReloadOutlined />} loading={again.isPending} onClick={() => again.mutate()}>{t('report.reanalyse')}</Button>} />
      </div>
    );
  }
  if (status === 'withdrawn' || status === 'erased') {
    return <div className="panel"><EmptyState icon={<FileSearchOutlined />} title={t(`report.gone_${status}`)} text={t(`report.gone_${status}_text`)} /></div>;
  }
  return (
    <div className="panel">
      <EmptyState icon={status === 'analysing' ? <Spin /> : <FileSearchOutlined />} title={status === 'analysing' ? t('report.analysing') : t('report.none')}
        text={status === 'analysing' ? t('report.analysing_text') : t('report.none_text')}
        action={<span className="row"><StateTag state={interview.state} /><Progress interview={interview} /></span>} />
    </div>
  );
}
