/** The permissions of the server, grouped as people think of them. */
export const permissionGroups: { area: string; permissions: string[] }[] = [
  { area: 'interview', permissions: ['interview.read', 'interview.invite', 'report.read', 'report.export', 'message.read'] },
  { area: 'plan', permissions: ['plan.read', 'plan.write', 'plan.publish', 'question.read', 'question.write'] },
  { area: 'candidate', permissions: ['candidate.read', 'candidate.write', 'candidate.reveal', 'candidate.import', 'candidate.export'] },
  { area: 'org', permissions: ['org.read', 'org.write', 'job.read', 'job.write'] },
  { area: 'privacy', permissions: ['privacy.read', 'privacy.manage', 'privacy.erase'] },
  { area: 'settings', permissions: ['user.read', 'user.write', 'settings.read', 'settings.write', 'audit.read'] },
];
