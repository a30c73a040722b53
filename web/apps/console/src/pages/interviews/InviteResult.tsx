import { CopyOutlined, QrcodeOutlined } from '@ant-design/icons';
import type { CandidateView, CreatedInterviews, InterviewLink } from '@bole/api';
import { Alert, App, Button, Popover, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { Loading } from '../../components/States';

function Qr({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const link = useGet<InterviewLink>(`/interviews/${id}/link`, undefined, { staleTime: Infinity });
  if (!link.data) return <Loading rows={2} />;
  return <img className="qr" src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(link.data.qr_svg)}`} alt={t('interviews.qr', { name })} width={200} height={200} />;
}

/** The links, one per candidate, to copy one by one or all at once. */
export function InviteResult({ result, names }: { result: CreatedInterviews; names: Map<string, CandidateView> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [shown, setShown] = useState<string | null>(null);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      void message.success(t('common.copied'));
    } catch {
      void message.warning(t('invite.copy_refused'));
    }
  };
  return (
    <div className="stack">
      {result.items.length > 0 && <Alert type="success" showIcon title={t('invite.done', { count: result.items.length })} description={t('invite.done_text')}
        action={<Button size="small" icon={<CopyOutlined />} onClick={() => void copy(result.items.map((item) => `${item.interview.candidate_name}\t${item.link}`).join('\n'))}>{t('invite.copy_all')}</Button>} />}
      {result.failed.length > 0 && (
        <Alert type="warning" showIcon title={t('invite.failed', { count: result.failed.length })}
          description={<ul className="failed-list">{result.failed.map((item) => <li key={item.candidate_id}>{names.get(item.candidate_id)?.name ?? item.candidate_id}: {item.message}</li>)}</ul>} />
      )}
      <Table size="small" pagination={false} rowKey={(row) => row.interview.id} dataSource={result.items} scroll={{ x: 'max-content' }}
        columns={[
          { title: t('candidates.name'), render: (_, row) => <span className="cell-main">{row.interview.candidate_name}</span> },
          { title: t('interviews.link'), render: (_, row) => <a className="mono invite-link" href={row.link} target="_blank" rel="noreferrer">{row.link}</a> },
          {
            key: 'do', align: 'right',
            render: (_, row) => (
              <span className="row" style={{ flexWrap: 'nowrap', justifyContent: 'flex-end' }}>
                <Button size="small" icon={<CopyOutlined />} onClick={() => void copy(row.link)}>{t('interviews.copy')}</Button>
                <Popover trigger="click" open={shown === row.interview.id} onOpenChange={(open) => setShown(open ? row.interview.id : null)}
                  content={shown === row.interview.id ? <Qr id={row.interview.id} name={row.interview.candidate_name} /> : null}>
                  <Button size="small" icon={<QrcodeOutlined />} aria-label={t('interviews.qr', { name: row.interview.candidate_name })} />
                </Popover>
              </span>
            ),
          },
        ]} />
    </div>
  );
}
