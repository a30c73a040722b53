import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useColleagues } from '../../components/Pickers';

export interface TeamChoice {
  orgId: string;
  people: { value: string; label: string }[];
}

interface Props {
  /** The unit of all candidates; null when they belong to several. */
  orgId: string | null;
  people: TeamChoice['people'];
  onChange: (choice: TeamChoice) => void;
}

/** Colleagues who join the team of every candidate of this invitation. */
export function InviteTeam({ orgId, people, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div>
      <label className="cell-main" htmlFor="invite-team">{t('invite.team')}</label>
      <span className="cell-sub" id="invite-team-hint">{t(orgId ? 'invite.team_hint' : 'invite.team_several')}</span>
      {orgId && <Colleagues orgId={orgId} people={people} onChange={onChange} />}
    </div>
  );
}

function Colleagues({ orgId, people, onChange }: Props & { orgId: string }) {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const colleagues = useColleagues(orgId, q);
  return (
    <Select id="invite-team" className="invite-team" mode="multiple" labelInValue value={people} maxCount={20} options={colleagues.options} loading={colleagues.isFetching}
      onChange={(value: TeamChoice['people']) => { setQ(''); onChange({ orgId, people: value }); }} showSearch={{ filterOption: false, onSearch: setQ, autoClearSearchValue: true }}
      placeholder={t('team.search')} aria-describedby="invite-team-hint" notFoundContent={colleagues.isFetching ? null : t('team.nobody_found')} />
  );
}
