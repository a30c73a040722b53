import { TeamOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../components/Page';
import { UserPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { SubjectPicker } from './pickers';
import { SubjectAccess } from './SubjectAccess';
import { PersonRights } from './PersonRights';
import './access.css';

/** Access review: who can see this, and what can this person do. The question is in the address. */
export default function AccessPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const user = params.get('user');
  const kind = params.get('kind') ?? 'candidate';
  const id = params.get('id');
  const byPerson = params.has('user');
  return (
    <Page title={t('access.title')} hint={t('access.hint')}>
      <div className="filters">
        <Segmented aria-label={t('access.question')} value={byPerson ? 'user' : 'subject'}
          onChange={(value) => setParams(value === 'user' ? { user: '' } : { kind: 'candidate' })}
          options={[{ value: 'subject', label: t('access.who_sees') }, { value: 'user', label: t('access.what_can') }]} />
        {byPerson
          ? <UserPicker className="access-pick" value={user} onChange={(value) => setParams({ user: value ?? '' })} />
          : <SubjectPicker kind={kind} id={id} onChange={(nextKind, nextId) => setParams(nextId ? { kind: nextKind, id: nextId } : { kind: nextKind })} />}
      </div>
      {byPerson
        ? user ? <PersonRights id={user} /> : <Teach title={t('access.choose_user')} />
        : id ? <SubjectAccess kind={kind} id={id} /> : <Teach title={t('access.choose_subject')} />}
    </Page>
  );
}

function Teach({ title }: { title: string }) {
  const { t } = useTranslation();
  return <div className="panel"><EmptyState icon={<TeamOutlined />} title={title} text={t('access.teach')} /></div>;
}
