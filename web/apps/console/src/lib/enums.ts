// Closed lists of the API. Each value has a text under `<list>.<value>`; a test checks that.
export const enums = {
  org_kind: ['group', 'region', 'branch', 'department', 'outlet'],
  family: ['teller', 'account_manager', 'risk', 'sales', 'engineering', 'customer_service', 'store', 'manager', 'hr',
    'finance', 'operations', 'general'],
  gender: ['female', 'male', 'other'],
  source: ['job_site', 'referral', 'campus', 'career_page', 'walk_in', 'import', 'other'],
  question_kind: ['text', 'picture', 'video'],
  item_status: ['active', 'archived'],
  plan_status: ['draft', 'published', 'archived'],
  plan_language: ['zh-CN', 'en-US', 'candidate'],
  stage_kind: ['introduction', 'question'],
  state: ['invited', 'opened', 'identified', 'consented', 'in_progress', 'answered', 'analysing', 'ready', 'expired',
    'cancelled', 'declined', 'failed'],
  band: ['recommend', 'reinterview', 'reject', 'insufficient'],
  certainty: ['high', 'medium', 'low', 'insufficient'],
  channel: ['link', 'email', 'sms'],
  delivery: ['queued', 'sent', 'failed', 'not_configured'],
  locale: ['zh-CN', 'en-US'],
  transcript_source: ['recognised', 'imported', 'none'],
  import_mode: ['partial', 'all'],
  field_class: ['contact', 'id_number', 'pay'],
  field_level: ['hidden', 'masked', 'reveal'],
  grant_state: ['future', 'in_force', 'expired'],
  duty: ['administrator', 'security_officer', 'auditor', 'hr'],
  subject_kind: ['candidate', 'interview', 'org_node'],
} as const;

export type EnumName = keyof typeof enums;
