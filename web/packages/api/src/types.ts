import type { components } from './generated';

// The shapes of the HTTP API under their names. All come from the server's OpenAPI document; `npm run api` at the web root
// reads it anew after `bole openapi > web/packages/api/openapi.json`.

type Schema = components['schemas'];

export type Locale = 'zh-CN' | 'en-US';

/** Every paged list; the document spells out one type per item (`JobViewPage`, …). */
export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
  total: number;
  total_exact: boolean;
}

export interface Items<T> {
  items: T[];
}

export interface ProblemError {
  pointer: string;
  code: string;
  message: string;
}

/** RFC 9457, as every error answer of the server. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: ProblemError[];
  request_id?: string;
  params?: Record<string, unknown>;
}

// session
export type SignIn = Schema['SignIn'];
export type SessionUser = Schema['SessionUser'];
export type SessionRole = Schema['SessionRole'];
export type SessionView = Schema['SessionView'];
export type SignInView = Schema['SignInView'];
export type SignInOptions = Schema['SignInOptions'];
export type PasswordRule = Schema['PasswordRule'];
export type EnrolmentView = Schema['EnrolmentView'];
export type RecoveryCodes = Schema['RecoveryCodes'];
export type ProtectionView = Schema['ProtectionView'];
export type DeviceView = Schema['DeviceView'];
export type TokenView = Schema['TokenView'];
export type CreateToken = Schema['CreateToken'];
export type CreatedToken = Schema['CreatedToken'];

// home
export type HomeCounts = Schema['HomeCounts'];
export type HomeView = Schema['HomeView'];

// organisation and jobs
export type UnitName = Schema['UnitName'];
export type OrgNodeView = Schema['OrgNodeView'];
export type CreateOrgNode = Schema['CreateOrgNode'];
export type Competency = Schema['CompetencyWeight'];
export type JobView = Schema['JobView'];
export type CreateJob = Schema['CreateJob'];
export type OrgKind = OrgNodeView['kind'];
export type NodeVersion = Schema['NodeVersion'];
export type NodeHistory = Schema['NodeHistory'];
export type NewChange = Schema['NewChange'];
export type ChangeView = Schema['ChangeView'];
export type ChangePreview = Schema['ChangePreview'];
export type ChangeProblem = Schema['ChangeProblem'];
export type CalendarView = Schema['CalendarView'];
export type CreateCalendar = Schema['CreateCalendar'];
export type CalendarDay = Schema['CalendarDay'];
export type CompetencyView = Schema['CompetencyView'];
export type CompetencyLevel = Schema['CompetencyLevel'];
export type FamilyView = Schema['FamilyView'];
export type WorkingDay = Schema['WorkingDay'];
export type SameName = Schema['SameName'];
export type GradeView = Schema['GradeView'];
export type PositionView = Schema['PositionView'];
export type HeadcountView = Schema['HeadcountView'];

// users and roles
export type RoleView = Schema['RoleView'];
export type GrantView = Schema['GrantView'];
export type CreateGrant = Schema['CreateGrant'];
export type UserView = Schema['UserView'];
export type CreateUser = Schema['CreateUser'];
export type FieldRights = Schema['FieldRights'];
export type PermissionView = Schema['PermissionView'];
export type CreateRole = Schema['CreateRole'];
export type HolderView = Schema['HolderView'];
export type SecurityPolicy = Schema['SecurityPolicy'];
export type EncryptionView = Schema['EncryptionView'];
export type MasterKeyView = Schema['MasterKeyView'];
export type AccessView = Schema['AccessView'];
export type AccessPath = Schema['AccessPath'];
export type PersonAccess = Schema['PersonAccess'];
export type UserAccess = Schema['UserAccess'];

// candidates
export type CandidateView = Schema['CandidateView'];
export type CreateCandidate = Schema['CreateCandidate'];
export type CandidateSecrets = Schema['RevealedContact'];
export type FileEvent = Schema['FileEvent'];
export type PermissionReach = Schema['PermissionReach'];
export type Reach = PermissionReach['reach'];
export type TeamMember = Schema['TeamMember'];
export type Colleague = Schema['Colleague'];
export type CandidateFileView = Schema['CandidateFileView'];
export type CandidateFileText = Schema['CandidateFileText'];

// employees
export type EmployeeView = Schema['EmployeeView'];
export type CreateEmployee = Schema['CreateEmployee'];
export type LeaveEmployee = Schema['LeaveEmployee'];
export type EmployeeEvent = Schema['EmployeeEvent'];
export type EmployeeFile = Schema['EmployeeFile'];
export type EmployeeSecrets = Schema['RevealedEmployee'];

export type ImportView = Schema['ImportView'];
export type ImportDetail = Schema['ImportDetail'];
export type ImportColumn = Schema['ImportColumn'];
export type ImportFileColumn = Schema['ImportFileColumn'];
export type ImportProblem = Schema['ImportProblem'];
export type ImportTarget = Schema['ImportTarget'];
export type ImportChoice = Schema['ImportChoice'];
export type ImportMode = ImportView['mode'];
export type DuplicatePolicy = ImportView['duplicates'];

// questions, dimensions, scoring models
export type RubricPoint = Schema['RubricPoint'];
export type RubricAnchor = Schema['RubricAnchor'];
export type Rubric = Schema['Rubric'];
export type QuestionView = Schema['QuestionView'];
export type DimensionView = Schema['DimensionView'];
export type PlanFollower = Schema['PlanFollower'];
export type PlanRevisionDifference = Schema['PlanRevisionDifference'];
export type PlanRevisionView = Schema['PlanRevisionView'];
export type QuestionJob = Schema['QuestionJob'];
export type QuestionRevisionView = Schema['QuestionRevisionView'];
export type ScoringModelView = Schema['ScoringModelView'];

// plans
export type PlanDimension = Schema['PlanDimension'];
export type PlanStage = Schema['PlanStage'];
export type PlanBands = Schema['PlanBands'];
export type PlanDocument = Schema['PlanDocument'];
export type PlanView = Schema['PlanView'];
export type PlanCheck = Schema['PlanProblems'];
export type PlanGovernance = Schema['PlanGovernance'];
export type PlanBase = Schema['PlanBase'];
export type RebaseTask = Schema['RebaseTask'];
export type PlanChange = Schema['PlanChange'];
export type PlanDifference = Schema['PlanDifference'];
export type RebaseInput = Schema['RebaseInput'];
export type PlanApprovalView = Schema['PlanApprovalView'];
export type PlanPolicyView = Schema['PlanPolicyView'];
export type PlanTemplateView = Schema['PlanTemplateView'];

// interviews
export type DeliveryView = Schema['Delivery'];
export type InterviewView = Schema['InterviewView'];
export type CreateInterviews = Schema['CreateInterviews'];
export type CreatedInterviews = Schema['CreatedInterviews'];
export type InterviewLink = Schema['LinkView'];
export type InterviewState = InterviewView['state'];
/** The document leaves the interviews open (they come from another module); they are InterviewViews. */
export type PersonFile = Omit<Schema['PersonFile'], 'interviews'> & { interviews: InterviewView[] };

// report
export type Evidence = Schema['Evidence'];
export type Finding = Schema['Finding'];
export type FeatureScore = Schema['FeatureScore'];
export type DimensionScore = Schema['DimensionScore'];
export type Word = Schema['Word'];
export type Sentence = Schema['Sentence'];
export type Span = Schema['Interval'];
export type Transcript = Schema['TranscriptView'];
export type PointCoverage = Schema['PointCoverage'];
export type VoiceSignals = Schema['VoiceView'];
export type FaceSample = Schema['FacePoint'];
export type FaceSignals = Schema['FaceView'];
export type Highlight = Schema['Highlight'];
export type Notice = Schema['Notice'];
export type AnswerReport = Schema['AnswerReport'];
export type EnvironmentView = Schema['EnvironmentReport'];
export type ReportView = Schema['ReportView'];

// messages
export type MessageView = Schema['MessageView'];

// evidence log
export type AuditRecord = Schema['AuditRecordView'];
export type AuditRecordDetail = Schema['AuditRecordDetail'];
export type AuditHead = Schema['AuditHeadView'];
export type AuditConsistency = Schema['AuditConsistencyView'];
export type AuditKey = Schema['AuditKeyView'];
export type AuditStatus = Schema['AuditStatus'];

// candidate session
export type CandidateStage = Schema['CandidateStage'];
export type CandidateConsent = Schema['Consent'];
export type CandidateSession = Schema['CandidateSession'];

// privacy
export type ConsentRecord = Schema['ConsentView'];
export type ConsentText = Schema['ConsentText'];
export type ConsentTexts = Schema['ConsentTextsView'];
export type PublishConsentText = Schema['PublishConsentText'];
export type SubjectRequest = Schema['SubjectRequestView'];
export type CreateSubjectRequest = Schema['CreateSubjectRequest'];
export type PersonExport = Schema['PersonExportView'];
export type LinkSent = Schema['LinkSent'];
export type LegalHold = Schema['HoldView'];
export type Restriction = Schema['RestrictionView'];
export type Erasure = Schema['ErasureView'];
export type ErasureCertificate = Schema['CertificateView'];
export type PrivacyPolicy = Schema['PolicyView'];
export type RetentionPreview = Schema['RetentionPreview'];
export type RetentionRun = Schema['RetentionRunView'];
export type AccessEntry = Schema['AccessEntry'];

// custom fields
export type CustomFieldView = Schema['CustomFieldView'];
export type CreateCustomField = Schema['CreateCustomField'];
export type PutCustomField = Schema['PutCustomField'];
export type FieldOption = Schema['FieldOption'];
export type FieldEntity = Schema['FieldEntity'];
export type FormSection = Schema['FormSection'];
export type PlacedField = Schema['PlacedField'];
export type FormView = Schema['FormView'];
export type FormKind = PlacedField['forms'][number];
export type FieldType = CustomFieldView['type'];
/** Values of custom fields by key. */
export type CustomValues = Record<string, unknown>;
