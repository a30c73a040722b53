import {
  ApartmentOutlined, AuditOutlined, BookOutlined, CalendarOutlined, EyeOutlined, FormOutlined, HomeOutlined, IdcardOutlined, ImportOutlined, LockOutlined, MailOutlined, ProfileOutlined,
  SafetyCertificateOutlined, SafetyOutlined, SolutionOutlined, TeamOutlined, UserOutlined, VideoCameraOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

export interface Area {
  path: string;
  label: string;
  icon: ReactNode;
  /** Shown to people with any of these; empty means everyone. */
  needs: string[];
}

export interface AreaGroup {
  label: string;
  areas: Area[];
}

/** Navigation by what people do; only what exists. Labels are translation keys. */
export const areaGroups: AreaGroup[] = [
  { label: '', areas: [{ path: '/', label: 'nav.home', icon: <HomeOutlined />, needs: [] }] },
  {
    label: 'nav.group_interviews',
    areas: [
      { path: '/interviews', label: 'nav.interviews', icon: <VideoCameraOutlined />, needs: ['interview.read'] },
      { path: '/plans', label: 'nav.plans', icon: <ProfileOutlined />, needs: ['plan.read'] },
      { path: '/questions', label: 'nav.questions', icon: <BookOutlined />, needs: ['question.read'] },
      { path: '/messages', label: 'nav.messages', icon: <MailOutlined />, needs: ['interview.read', 'message.read'] },
    ],
  },
  {
    label: 'nav.group_talent',
    areas: [{ path: '/candidates', label: 'nav.candidates', icon: <SolutionOutlined />, needs: ['candidate.read'] }],
  },
  {
    label: 'nav.group_organisation',
    areas: [
      { path: '/employees', label: 'nav.employees', icon: <TeamOutlined />, needs: ['employee.read'] },
      { path: '/organisation', label: 'nav.organisation', icon: <ApartmentOutlined />, needs: ['org.read'] },
      { path: '/jobs', label: 'nav.jobs', icon: <IdcardOutlined />, needs: ['job.read'] },
      { path: '/calendars', label: 'nav.calendars', icon: <CalendarOutlined />, needs: ['org.read'] },
    ],
  },
  {
    label: 'nav.group_settings',
    areas: [
      { path: '/settings/users', label: 'nav.users', icon: <UserOutlined />, needs: ['user.read'] },
      { path: '/settings/roles', label: 'nav.roles', icon: <SafetyOutlined />, needs: ['user.read'] },
      { path: '/settings/access', label: 'nav.access', icon: <EyeOutlined />, needs: ['user.read'] },
      { path: '/settings/security', label: 'nav.security', icon: <LockOutlined />, needs: ['security.read'] },
      { path: '/settings/audit', label: 'nav.audit', icon: <SafetyCertificateOutlined />, needs: ['audit.read'] },
      { path: '/settings/fields', label: 'nav.fields', icon: <FormOutlined />, needs: ['field.manage'] },
      { path: '/privacy', label: 'nav.privacy', icon: <SafetyCertificateOutlined />, needs: ['privacy.read'] },
      { path: '/settings/imports', label: 'nav.imports', icon: <ImportOutlined />, needs: ['candidate.import', 'employee.import', 'question.write', 'org.write', 'job.write'] },
      { path: '/settings/scoring', label: 'nav.scoring', icon: <AuditOutlined />, needs: ['settings.read', 'plan.read'] },
    ],
  },
];
