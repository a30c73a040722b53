import { ArrowLeftOutlined, DownloadOutlined, DownOutlined, LeftOutlined, PrinterOutlined, ReloadOutlined, RightOutlined } from '@ant-design/icons';
import type { InterviewView, Page, ReportView } from '@bole/api';
import { Button, Dropdown, Tooltip, type MenuProps } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api } from '../../api/client';
import { useDownload } from '../../api/download';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useNames } from '../../components/Names';
import { useWithPurpose } from '../../components/Purpose';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';

/** The reports before and after this one, newest first. */
function useNeighbours(id: string) {
  const list = useGet<Page<InterviewView>>('/interviews', { state: 'ready', limit: 200 }, { staleTime: 60_000 });
  const items = list.data?.items ?? [];
  const index = items.findIndex((item) => item.id === id);
  return { previous: index > 0 ? items[index - 1] : undefined, next: index >= 0 ? items[index + 1] : undefined };
}

export function typing(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || Boolean((event.target as HTMLElement).closest?.('input,textarea,select,[contenteditable],[role="combobox"],.ant-drawer'));
}

export function ReportHead({ report }: { report: ReportView }) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const format = useFormat();
  const navigate = useNavigate();
  const { interview } = report;
  const { previous, next } = useNeighbours(interview.id);
  const path = `/interviews/${interview.id}`;
  const again = useSend(() => api.post(`${path}/reanalyse`), { refresh: [path], done: t('report.reanalysing') });

  const go = useRef((_to?: InterviewView) => {});
  go.current = (to) => { if (to) void navigate(`/interviews/${to.id}/report`); };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (typing(event)) return;
      if (event.key === 'j') go.current(next);
      if (event.key === 'k') go.current(previous);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [next, previous]);

  const download = useDownload();
  const withPurpose = useWithPurpose();
  const file = (key: string, label: string, name: string, locale?: string): NonNullable<MenuProps['items']>[number] =>
    ({ key, label, onClick: () => withPurpose(() => download.mutate({ path: `${path}/${name}`, query: { locale } })) });
  const items: MenuProps['items'] = [
    file('pdf_zh', t('report.pdf_zh'), 'report.pdf', 'zh-CN'),
    file('pdf_en', t('report.pdf_en'), 'report.pdf', 'en-US'),
    { type: 'divider' },
    file('txt', t('report.txt'), 'transcript.txt'),
    file('srt', t('report.srt'), 'transcript.srt'),
    file('docx', t('report.docx'), 'transcript.docx'),
    { type: 'divider' },
    file('json', t('report.json'), 'report.json'),
  ];
  const ready = report.status === 'ready';
  return (
    <header className="report-head">
      <div className="report-who">
        <Link className="page-back" to="/interviews?state=ready"><ArrowLeftOutlined aria-hidden /> {t('report.back')}</Link>
        <h1>{interview.candidate_name}</h1>
        <p className="page-hint">
          {[names.job(interview), pair(interview, 'plan_name'), names.unit(interview), format.dateTime(interview.finished_at ?? interview.created_at)].filter(Boolean).join(' · ')}
          {' · '}<Link to={`/candidates/${interview.candidate_id}`}>{t('interviews.open_file')}</Link>
        </p>
      </div>
      <div className="page-actions">
        <Tooltip title={previous && t('report.previous_hint', { name: previous.candidate_name })}>
          <Button icon={<LeftOutlined />} disabled={!previous} aria-label={t('report.previous')} aria-keyshortcuts="k" onClick={() => go.current(previous)} />
        </Tooltip>
        <Tooltip title={next && t('report.next_hint', { name: next.candidate_name })}>
          <Button icon={<RightOutlined />} disabled={!next} aria-label={t('report.next')} aria-keyshortcuts="j" onClick={() => go.current(next)} />
        </Tooltip>
        {ready && can('interview.invite') && <Tooltip title={t('report.reanalyse')}><Button icon={<ReloadOutlined />} aria-label={t('report.reanalyse')} loading={again.isPending} onClick={() => again.mutate()} /></Tooltip>}
        {ready && <Tooltip title={t('report.print')}><Button icon={<PrinterOutlined />} aria-label={t('report.print')} onClick={() => window.print()} /></Tooltip>}
        {ready && can('report.export') && <Dropdown trigger={['click']} menu={{ items }}><Button type="primary" icon={<DownloadOutlined />} loading={download.isPending}>{t('report.download')} <DownOutlined aria-hidden /></Button></Dropdown>}
      </div>
    </header>
  );
}
