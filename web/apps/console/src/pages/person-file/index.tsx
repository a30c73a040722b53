import { EditOutlined, EyeOutlined, SendOutlined, TeamOutlined } from '@ant-design/icons';
import type { CandidateSecrets, PersonFile } from '@bole/api';
import { Button, Descriptions, Tag, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { CustomFieldValues, useCustomForm } from '../../components/CustomFields';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { useWithPurpose } from '../../components/Purpose';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { BandTag, StateTag } from '../../components/Tags';
import { isSensitive } from '../../lib/custom-fields';
import { score, useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { CandidateEditor } from '../candidates/CandidateEditor';
import { useEventText } from './events';
import { Hiring } from './Hiring';
import { PersonFiles } from './PersonFiles';
import { PersonPrivacy } from './PersonPrivacy';
import { Team } from './Team';
import './person-file.css';

/** The person's file: who, what happened when, and every interview with its report. */
export default function PersonFilePage() {
  const { t } = useTranslation();
  const names = useNames();
  const { id } = useParams();
  const can = useCan();
  const { fields } = useSession();
  const pair = usePair();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const [secrets, setSecrets] = useState<CandidateSecrets | null>(null);
  const file = useGet<PersonFile>(`/candidates/${id}/file`);
  const eventText = useEventText(file.data?.interviews ?? []);
  const reveal = useSend(() => api.get<CandidateSecrets>(`/candidates/${id}/reveal`), { onDone: setSecrets });
  const withPurpose = useWithPurpose();
  const form = useCustomForm('candidate', file.data?.candidate.org_id);
  const back = { to: '/candidates', label: t('candidates.title') };

  if (file.isPending) return <Page title={t('candidates.file')} back={back}><div className="panel"><Loading /></div></Page>;
  if (file.isError) return <Page title={t('candidates.file')} back={back}><div className="panel"><ErrorState problem={file.error} onRetry={() => void file.refetch()} /></div></Page>;
  const { candidate, events, interviews } = file.data;
  const actions = (
    <>
      {can('user.read') && <Link to={`/settings/access?kind=candidate&id=${candidate.id}`}><Button icon={<TeamOutlined />} tabIndex={-1}>{t('access.who_sees')}</Button></Link>}
      {can('candidate.write') && <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>{t('common.edit')}</Button>}
      <Hiring candidate={candidate} />
      {can('interview.invite') && <Link to={`/interviews?invite=1&candidates=${candidate.id}`}><Button type="primary" icon={<SendOutlined />} tabIndex={-1}>{t('candidates.invite')}</Button></Link>}
    </>
  );
  const hasSecrets = (form.data?.fields ?? []).some((field) => isSensitive(field) && candidate.custom?.[field.key] !== undefined);
  const hasContact = candidate.phone_masked || candidate.email_masked || candidate.id_number_masked || hasSecrets;
  return (
    <Page title={candidate.name} back={back} hint={[names.job(candidate), names.unit(candidate)].filter(Boolean).join(' · ')} actions={actions}>
      <div className="file-grid">
        <div className="stack">
          <section className="panel" aria-labelledby="file-interviews">
            <div className="panel-head"><h2 id="file-interviews">{t('candidates.file_interviews')}</h2></div>
            {interviews.length === 0 ? <EmptyState title={t('candidates.no_interviews')} text={t('candidates.no_interviews_text')} /> : (
              <ul className="task-list">
                {interviews.map((interview) => (
                  <li key={interview.id}>
                    <Link className="task" to={interview.state === 'ready' && can('report.read') ? `/interviews/${interview.id}/report` : `/interviews?open=${interview.id}`}>
                      <span>
                        <span className="cell-main">{pair(interview, 'plan_name')}</span>
                        <span className="cell-sub">{format.dateTime(interview.finished_at ?? interview.created_at)} · {interview.created_by_name}</span>
                      </span>
                      {interview.band ? <BandTag band={interview.band} /> : <StateTag state={interview.state} />}
                      <span className="task-score">{score(interview.total)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <PersonFiles candidateId={candidate.id} />
          {can('privacy.read') && <PersonPrivacy record={{ candidate_id: candidate.id }} />}
          <section className="panel" aria-labelledby="file-events">
            <div className="panel-head"><h2 id="file-events">{t('candidates.file_events')}</h2></div>
            <div className="panel-body">
              {events.length === 0 ? <p className="quiet">{t('candidates.no_events')}</p> : (
                <Timeline items={events.map((event, index) => ({
                  key: index,
                  content: (
                    <div className="file-event">
                      <span>{event.interview_id
                        ? <Link to={`/interviews?open=${event.interview_id}`}>{eventText(event)}</Link>
                        : eventText(event)}</span>
                      <time className="quiet num" dateTime={event.at}>{format.dateTime(event.at)}</time>
                    </div>
                  ),
                }))} />
              )}
            </div>
          </section>
        </div>
        <div className="stack">
          <section className="panel" aria-labelledby="file-person">
            <div className="panel-head">
              <h2 id="file-person">{t('candidates.file_person')}</h2>
              {can('candidate.reveal') && (fields.contact === 'reveal' || fields.id_number === 'reveal' || fields.pay === 'reveal') && hasContact && !secrets && (
                <Button size="small" icon={<EyeOutlined />} loading={reveal.isPending} onClick={() => withPurpose(() => reveal.mutate())}>{t('candidates.reveal')}</Button>
              )}
            </div>
            <div className="panel-body">
              {secrets && <p className="quiet" style={{ marginBottom: 8 }}>{t('candidates.reveal_hint')}</p>}
              <Descriptions column={1} size="small" items={[
                { key: 'phone', label: t('candidates.phone'), children: <span className="num">{secrets?.phone || candidate.phone_masked || '–'}</span> },
                { key: 'email', label: t('candidates.email'), children: secrets?.email || candidate.email_masked || '–' },
                { key: 'idn', label: t('candidates.id_number'), children: <span className="num">{secrets?.id_number || candidate.id_number_masked || '–'}</span> },
                { key: 'g', label: t('candidates.gender'), children: candidate.gender ? t(`gender.${candidate.gender}`) : '–' },
                { key: 'b', label: t('candidates.birth_date'), children: format.date(candidate.birth_date) },
                { key: 's', label: t('candidates.source'), children: t(`source.${candidate.source}`) },
                { key: 'l', label: t('candidates.language'), children: t(`locale.${candidate.locale}`) },
                { key: 'c', label: t('common.created_at'), children: format.dateTime(candidate.created_at) },
                { key: 't', label: t('candidates.tags'), children: candidate.tags.length > 0 ? candidate.tags.map((tag) => <Tag key={tag}>{tag}</Tag>) : '–' },
                { key: 'n', label: t('candidates.note'), children: <span className="pre">{candidate.note || '–'}</span> },
              ]} />
            </div>
          </section>
          <Team candidate={candidate} />
          <CustomFieldValues entity="candidate" orgId={candidate.org_id} values={candidate.custom} secrets={secrets?.custom} />
        </div>
      </div>
      {editing && <CandidateEditor candidate={candidate} onClose={() => setEditing(false)} />}
    </Page>
  );
}
