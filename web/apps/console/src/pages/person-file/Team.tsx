import { CloseOutlined } from '@ant-design/icons';
import type { CandidateView, Items, TeamMember } from '@bole/api';
import { Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { useColleagues } from '../../components/Pickers';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';

/** Who works on the candidate: owners answer for it, members follow it. A role can show a person only these candidates. */
export function Team({ candidate }: { candidate: CandidateView }) {
  const { t } = useTranslation();
  const mayWrite = useCan()('candidate.write');
  const path = `/candidates/${candidate.id}/team`;
  const [removed, setRemoved] = useState<TeamMember | null>(null);
  const team = useGet<Items<TeamMember>>(path);
  const again = { refresh: ['/candidates', '/interviews'] };
  const put = useSend((input: { userId: string; owner: boolean }) => api.put(`${path}/${input.userId}`, { owner: input.owner }), { ...again, onDone: () => setRemoved(null) });
  const remove = useSend((member: TeamMember) => api.delete(`${path}/${member.user_id}`), { ...again, onDone: (_, member) => setRemoved(member) });
  const members = team.data?.items ?? [];
  return (
    <section className="panel" aria-labelledby="file-team">
      <div className="panel-head"><h2 id="file-team">{t('team.title')}</h2></div>
      <div className="panel-body team">
        {team.isPending ? <Loading rows={2} /> : team.isError ? <ErrorState problem={team.error} onRetry={() => void team.refetch()} /> : (
          <>
            {members.length === 0 && <div><p>{t('team.empty')}</p>{mayWrite && <p className="quiet">{t('team.empty_why')}</p>}</div>}
            {members.length > 0 && (
              <ul className="line-list">
                {members.map((member) => (
                  <Member key={member.user_id} member={member} readOnly={!mayWrite} busy={remove.isPending}
                    onOwner={(owner) => put.mutate({ userId: member.user_id, owner })} onRemove={() => remove.mutate(member)} />
                ))}
              </ul>
            )}
            {removed && (
              <p className="team-undo" role="status">
                <span>{t('team.removed', { name: removed.name })}</span>
                <Button size="small" type="link" autoFocus loading={put.isPending} onClick={() => put.mutate({ userId: removed.user_id, owner: removed.owner })}>{t('team.undo')}</Button>
              </p>
            )}
            {mayWrite && <AddMember orgId={candidate.org_id} members={members} onAdd={(userId) => put.mutate({ userId, owner: false })} />}
          </>
        )}
      </div>
    </section>
  );
}

interface MemberProps {
  member: TeamMember;
  readOnly: boolean;
  busy: boolean;
  onOwner: (owner: boolean) => void;
  onRemove: () => void;
}

function Member({ member, readOnly, busy, onOwner, onRemove }: MemberProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const mine = useSession().user.id === member.user_id;
  const name = mine ? t('team.you', { name: member.name }) : member.name;
  const label = t('team.remove', { name: member.name });
  const button = <Button type="text" size="small" icon={<CloseOutlined />} disabled={busy} aria-label={label} title={label} onClick={mine ? undefined : onRemove} />;
  return (
    <li>
      <span>
        <span className="cell-main">{name}</span>
        <span className="cell-sub">{t('team.since', { user: member.user_name, date: format.date(member.since) })}</span>
      </span>
      {readOnly ? <span className={member.owner ? 'chip chip-good' : 'chip chip-muted'}>{t(member.owner ? 'team.owner' : 'team.member')}</span> : (
        <>
          <Select size="small" variant="filled" value={member.owner} onChange={onOwner} popupMatchSelectWidth={false} aria-label={t('team.part_of', { name: member.name })}
            options={[{ value: true, label: t('team.owner') }, { value: false, label: t('team.member') }]} />
          {mine ? <Popconfirm title={t('team.leave_sure')} description={t('team.leave_text')} okText={t('team.leave')} onConfirm={onRemove}>{button}</Popconfirm> : button}
        </>
      )}
    </li>
  );
}

function AddMember({ orgId, members, onAdd }: { orgId: string; members: TeamMember[]; onAdd: (userId: string) => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const [wanted, setWanted] = useState(false);
  const colleagues = useColleagues(orgId, q, wanted);
  const options = colleagues.options.filter((option) => !members.some((member) => member.user_id === option.value));
  return (
    <Select className="team-add" value={null} onOpenChange={(open) => { if (open) setWanted(true); }} options={options} loading={colleagues.isFetching}
      onChange={(userId: string | null) => { if (userId) onAdd(userId); setQ(''); }}
      showSearch={{ filterOption: false, onSearch: setQ }} placeholder={t('team.add')} aria-label={t('team.add')}
      notFoundContent={colleagues.isFetching ? null : t('team.nobody_found')} />
  );
}
