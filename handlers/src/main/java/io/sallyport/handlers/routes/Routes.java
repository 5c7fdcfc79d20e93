package io.sallyport.handlers.routes;

import static io.sallyport.handlers.Method.DELETE;
import static io.sallyport.handlers.Method.GET;
import static io.sallyport.handlers.Method.POST;
import static io.sallyport.handlers.Method.PUT;
import static io.sallyport.handlers.Route.route;
import static io.sallyport.handlers.RouteAccess.anyKey;
import static io.sallyport.handlers.RouteAccess.build;
import static io.sallyport.handlers.RouteAccess.eachProject;
import static io.sallyport.handlers.RouteAccess.gateway;
import static io.sallyport.handlers.RouteAccess.key;
import static io.sallyport.handlers.RouteAccess.project;
import static io.sallyport.handlers.RouteAccess.projectBuilds;
import static io.sallyport.handlers.RouteAccess.projectName;
import static io.sallyport.handlers.RouteAccess.submission;
import static io.sallyport.keys.Verb.CANCEL_BUILD;
import static io.sallyport.keys.Verb.DEBUG_BUILD;
import static io.sallyport.keys.Verb.DRAIN;
import static io.sallyport.keys.Verb.MANAGE_AUTHORITIES;
import static io.sallyport.keys.Verb.MANAGE_CACHES;
import static io.sallyport.keys.Verb.MANAGE_CONNECTIONS;
import static io.sallyport.keys.Verb.MANAGE_DEPLOY_KEYS;
import static io.sallyport.keys.Verb.MANAGE_IDENTITIES;
import static io.sallyport.keys.Verb.MANAGE_KEYS;
import static io.sallyport.keys.Verb.MANAGE_PROJECTS;
import static io.sallyport.keys.Verb.MANAGE_REPORTS;
import static io.sallyport.keys.Verb.MANAGE_SCHEDULES;
import static io.sallyport.keys.Verb.PAUSE_PROJECT;
import static io.sallyport.keys.Verb.PIN_BUILD;
import static io.sallyport.keys.Verb.READ_ARTIFACTS;
import static io.sallyport.keys.Verb.READ_AUDIT;
import static io.sallyport.keys.Verb.READ_BUILDS;
import static io.sallyport.keys.Verb.READ_LOGS;
import static io.sallyport.keys.Verb.READ_METRICS;
import static io.sallyport.keys.Verb.READ_PROJECT;
import static io.sallyport.keys.Verb.RETRY_BUILD;
import static io.sallyport.keys.Verb.RUN_RETENTION;
import static io.sallyport.keys.Verb.SET_LOG_LEVELS;
import static io.sallyport.keys.Verb.SUBMIT_BUILD;
import static io.sallyport.keys.Verb.WRITE_SECRETS;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.outward.Reports;
import io.sallyport.builds.retention.Retention;
import io.sallyport.builds.retention.What;
import io.sallyport.builds.schedule.Schedules;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.handlers.Doorway;
import io.sallyport.handlers.Happenings;
import io.sallyport.handlers.House;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Route;
import io.sallyport.handlers.Targets;
import io.sallyport.handlers.Upkeep;
import io.sallyport.keys.DeployKeys;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.KeyParts;
import io.sallyport.keys.SigningKey;
import io.sallyport.keys.audit.AuditLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The one table of routes: the API, {@code help}, {@code GET /} and the documentation are made from it. */
public final class Routes {
    private final Engine engine;
    private final List<Route> all;

    /**
     * The routes of a gateway.
     *
     * @param secrets of projects
     * @param signingKey that vouches for what builds have made
     * @param upkeep what the gateway does by itself
     * @param followers of logs and waiters for builds, all together
     * @param door who is connected, and which limits have been reached
     * @param happenings what has happened, and does
     * @param clock tells when quotas are free again, and how far off a given time is
     */
    public Routes(
            Engine engine,
            SecretStore secrets,
            KeyParts keys,
            SigningKey signingKey,
            AuditLog audit,
            Doorway door,
            Happenings happenings,
            Upkeep upkeep,
            int followers,
            Clock clock,
            House house) {
        this.engine = engine;
        this.all = table(
                engine,
                secrets,
                keys,
                keys.identities(),
                signingKey,
                audit,
                door,
                happenings,
                upkeep,
                new Followers(followers),
                clock,
                house);
    }

    /** All of them, in the order of the documentation. */
    public List<Route> all() {
        return all;
    }

    /** Where the gate looks up what a path names. */
    public Targets targets() {
        return new Targets() {
            @Override
            public Optional<Build> build(long id) {
                return engine.build(id);
            }

            @Override
            public Optional<Project> project(String name) {
                return engine.projects().project(name);
            }

            @Override
            public List<Project> projects() {
                return engine.projects().all();
            }
        };
    }

    // A line each: this is the page that one reads first, and the formatter would spread it over five.
    // spotless:off
    private List<Route> table(Engine engine, SecretStore secrets, KeyParts parts, IdentityStore ids, SigningKey signingKey, AuditLog audit, Doorway door, Happenings happenings, Upkeep upkeep, Followers followers, Clock clock, House house) {
        Schedules schedules = upkeep.schedules();
        ScheduleJson scheduleJson = new ScheduleJson(engine);
        Retention retention = upkeep.retention();
        Reports reports = upkeep.reports();
        ReportJson reportJson = new ReportJson(reports);
        Gone gone = new Gone(retention);
        DeployKeys deployKeys = ids.deployKeys();
        Quotas quotas = new Quotas(engine, deployKeys, clock);
        return List.of(
            route(GET, "/", anyKey(), "what this is, its limits, every route", new ShowGateway(engine, house, door.hits(), this::all)),
            route(GET, "/help", anyKey(), "what can be typed", new Help(this::all), Help.WORD),
            route(GET, "/whoami", anyKey(), "who you are here, and what you may do", new ShowCaller(deployKeys)),
            route(GET, "/projects", eachProject(READ_PROJECT), "projects that you may see", new ListProjects()),
            route(GET, "/projects/{p}/builds", projectBuilds(READ_BUILDS), "builds of a project, newest first", new ListBuilds(engine, retention),
                ListBuilds.STATE, ListBuilds.REF, ListBuilds.LABEL, ListBuilds.LIMIT, ListBuilds.AFTER),
            route(POST, "/projects/{p}/builds", submission(SUBMIT_BUILD), "build the archive in the body", new SubmitBuild(engine, followers, quotas),
                SubmitBuild.REF, SubmitBuild.COMMIT, SubmitBuild.LABELS, SubmitBuild.VARIABLES, SubmitBuild.SPEC, SubmitBuild.PRIORITY,
                SubmitBuild.JOBS, SubmitBuild.SUPERSEDE, SubmitBuild.KEEP_FAILED, SubmitBuild.KEY, SubmitBuild.FOLLOW, SubmitBuild.ARTIFACT, SubmitBuild.ON_DISCONNECT).reading(SubmitBuild.BODY),
            route(POST, "/projects/{p}/manifests", submission(SUBMIT_BUILD), "which files of a manifest are not here yet", new PostManifest(engine, quotas),
                SubmitBuild.REF).reading(PostManifest.BODY),
            route(POST, "/lint", anyKey(), "the plan that a spec would give, or its errors", new LintSpec(engine),
                LintSpec.REF, LintSpec.VARIABLES, LintSpec.FILE, LintSpec.FORMAT).reading(LintSpec.BODY),
            route(GET, "/projects/{p}/deploy-keys", project(MANAGE_DEPLOY_KEYS), "keys of the project, and their use", new ListDeployKeys(deployKeys)),
            route(POST, "/projects/{p}/deploy-keys", project(MANAGE_DEPLOY_KEYS), "let a public key in for the project alone", new PostDeployKey(deployKeys, new DeployKeyForm(clock)),
                DeployKeyForm.NAME, DeployKeyForm.VERBS, DeployKeyForm.EXPIRES, DeployKeyForm.FROM, DeployKeyForm.REFS,
                DeployKeyForm.PER_HOUR, DeployKeyForm.AT_ONCE, DeployKeyForm.PER_DAY).reading(PostDeployKey.BODY),
            route(DELETE, "/projects/{p}/deploy-keys/{fingerprint...}", project(MANAGE_DEPLOY_KEYS), "let it in no more", new DeleteDeployKey(deployKeys)),
            route(GET, "/projects/{p}/caches", project(MANAGE_CACHES), "what builds of the project have left for later ones", new ListCaches(engine)),
            route(DELETE, "/projects/{p}/caches", project(MANAGE_CACHES), "forget all caches of the project", new DeleteCaches(engine)),
            route(DELETE, "/projects/{p}/caches/{key...}", project(MANAGE_CACHES), "forget one", new DeleteCache(engine)),
            route(GET, "/projects/{p}/secrets", project(WRITE_SECRETS), "secrets of the project, without their values", new ListSecrets(secrets)),
            route(GET, "/projects/{p}/secrets/{name}", project(WRITE_SECRETS), "one secret, without its value", new ShowSecret(secrets)),
            route(PUT, "/projects/{p}/secrets/{name}", project(WRITE_SECRETS), "make a secret, or give it another value", new PutSecret(secrets),
                PutSecret.PROTECTED, PutSecret.FILE, PutSecret.MASKED).reading(PutSecret.BODY),
            route(DELETE, "/projects/{p}/secrets/{name}", project(WRITE_SECRETS), "give it to no job any more", new DeleteSecret(secrets)),
            route(GET, "/projects/{p}/schedules", project(MANAGE_SCHEDULES), "what is built at which times, and what came of it", new ListSchedules(schedules, scheduleJson)),
            route(GET, "/projects/{p}/schedules/{name}", project(MANAGE_SCHEDULES), "one of them", new ShowSchedule(schedules, scheduleJson)),
            route(PUT, "/projects/{p}/schedules/{name}", project(MANAGE_SCHEDULES), "make a schedule, or replace it; you become its owner", new PutSchedule(schedules, scheduleJson)).reading(ScheduleForm.BODY),
            route(DELETE, "/projects/{p}/schedules/{name}", project(MANAGE_SCHEDULES), "remove a schedule; its builds stay", new DeleteSchedule(schedules)),
            route(PUT, "/projects/{p}/pause", project(PAUSE_PROJECT), "start none of its jobs; builds are taken and wait", new PauseProject(engine), PauseProject.MESSAGE),
            route(DELETE, "/projects/{p}/pause", project(PAUSE_PROJECT), "start its jobs again", new ResumeProject(engine)),
            route(GET, "/projects/{p}/reports", project(MANAGE_REPORTS), "who outside is told of builds, and what came of it", new ListReports(reports, reportJson)),
            route(GET, "/projects/{p}/reports/{name}", project(MANAGE_REPORTS), "one of them", new ShowReport(reports, reportJson)),
            route(PUT, "/projects/{p}/reports/{name}", project(MANAGE_REPORTS), "report builds to a forge or a webhook, or change how", new PutReport(reports, reportJson)).reading(ReportForm.BODY),
            route(DELETE, "/projects/{p}/reports/{name}", project(MANAGE_REPORTS), "report no more, and forget its token", new DeleteReport(reports)),
            route(GET, "/projects/{p}", project(READ_PROJECT), "one project", request -> Response.Document.of(ProjectJson.of(request.project(), request))),
            route(PUT, "/projects/{p}", projectName(MANAGE_PROJECTS), "make a project, or change its settings", new PutProject(engine, deployKeys, this::all)).reading(PutProject.BODY),
            route(DELETE, "/projects/{p}", projectName(MANAGE_PROJECTS), "remove a project and end its builds", new DeleteProject(engine, deployKeys)),
            route(GET, "/builds", eachProject(READ_BUILDS), "builds, newest first", new ListBuilds(engine, retention),
                ListBuilds.PROJECT, ListBuilds.STATE, ListBuilds.REF, ListBuilds.LABEL, ListBuilds.LIMIT, ListBuilds.AFTER),
            route(GET, "/builds/{id}", build(READ_BUILDS), "one build, now or when it has ended", new ShowBuild(engine, followers, retention), ShowBuild.WAIT),
            route(DELETE, "/builds/{id}", build(CANCEL_BUILD), "cancel a build", new CancelBuild(engine), CancelBuild.REASON),
            route(POST, "/builds/{id}/retry", build(RETRY_BUILD), "build the same source again, or a part of it", new RetryBuild(engine, followers, quotas, gone), RetryBuild.JOBS, SubmitBuild.KEEP_FAILED, SubmitBuild.FOLLOW, SubmitBuild.ON_DISCONNECT),
            route(POST, "/builds/{id}/start", build(RETRY_BUILD), "start a job that waits for somebody, or for a time", new StartJob(engine), StartJob.JOB),
            route(POST, "/builds/{id}/{job...}/shell", build(DEBUG_BUILD), "a shell in a job that runs, or has failed and is kept", EnterJob.withShell(engine)),
            route(POST, "/builds/{id}/{job...}/ports/{port}", build(DEBUG_BUILD), "a connection to a port that such a job declares", EnterJob.atPort(engine)),
            route(DELETE, "/builds/{id}/{job...}/kept", build(DEBUG_BUILD), "keep a failed job no longer", new VacateJob(engine)),
            route(PUT, "/builds/{id}/pin", build(PIN_BUILD), "keep a build, however old it gets", new PinBuild(retention), PinBuild.REASON),
            route(DELETE, "/builds/{id}/pin", build(PIN_BUILD), "keep it no longer than others", new UnpinBuild(retention)),
            route(GET, "/builds/{id}/log", build(READ_LOGS), "the log of a build, from any offset", new ReadLog(engine, followers, gone),
                ReadLog.OFFSET, ReadLog.FOLLOW, ReadLog.JOB, ReadLog.STREAM, ReadLog.FORMAT),
            route(GET, "/builds/{id}/artifacts", build(READ_ARTIFACTS), "what a build has left", new ListArtifacts(engine, retention)),
            route(GET, "/builds/{id}/artifacts/{path...}", build(READ_ARTIFACTS), "one artifact", new ReadArtifact(engine, gone), ReadArtifact.OFFSET, ReadArtifact.JOB),
            route(GET, "/builds/{id}/artifacts.tar", build(READ_ARTIFACTS), "all artifacts in one archive", new ReadArchive(gone, What.ARTIFACTS, engine.files()::artifactsTar)),
            route(GET, "/builds/{id}/source.tar", build(READ_BUILDS), "what was built", new ReadArchive(gone, What.SOURCE, engine.files()::sourceTar)),
            route(GET, "/builds/{id}/manifest", build(READ_ARTIFACTS), "the artifacts by SHA-256, as sha256sum -c takes them", ReadEvidence.manifest(engine)),
            route(GET, "/builds/{id}/signature", build(READ_ARTIFACTS), "the manifest's signature, for ssh-keygen -Y verify", ReadEvidence.signature(engine)),
            route(GET, "/builds/{id}/provenance", build(READ_ARTIFACTS), "SLSA provenance v1 in a signed DSSE envelope", ReadEvidence.provenance(engine)),
            route(GET, "/signing-key", anyKey(), "the key that signs, as allowed_signers of ssh-keygen", new ShowSigningKey(signingKey)),
            route(GET, "/queue", eachProject(READ_BUILDS), "what waits, and why", new ShowQueue(engine)),
            route(GET, "/nodes", eachProject(READ_BUILDS), "the machines that jobs run on, and how they are", new ListNodes(upkeep.nodes())),
            route(GET, "/events", eachProject(READ_BUILDS), "what has happened, and happens, of what you may see", new ReadEvents(happenings, followers),
                ReadEvents.AFTER, ReadEvents.FOLLOW, ReadEvents.PROJECT, ReadEvents.TYPE, ReadEvents.LIMIT),
            route(GET, "/identities", gateway(MANAGE_IDENTITIES), "everybody who may be let in", new ListIdentities(ids), NamedPage.LIMIT, NamedPage.AFTER),
            route(GET, "/identities/{name}", gateway(MANAGE_IDENTITIES), "one of them, with grants and keys", new ShowIdentity(ids)),
            route(PUT, "/identities/{name}", gateway(MANAGE_IDENTITIES), "make an identity, or replace its grants", new PutIdentity(ids)).reading(PutIdentity.BODY),
            route(DELETE, "/identities/{name}", gateway(MANAGE_IDENTITIES), "remove an identity and its keys", new DeleteIdentity(ids, schedules)),
            route(POST, "/identities/{name}/keys", gateway(MANAGE_KEYS), "let a public key in", new AddKey(ids)).reading(AddKey.BODY),
            route(GET, "/groups", gateway(MANAGE_IDENTITIES), "groups of identities", new ListGroups(ids.groups()), NamedPage.LIMIT, NamedPage.AFTER),
            route(GET, "/groups/{name}", gateway(MANAGE_IDENTITIES), "one of them, with members and grants", new ShowGroup(ids.groups())),
            route(PUT, "/groups/{name}", gateway(MANAGE_IDENTITIES), "make a group, or replace its members and grants", new PutGroup(ids)).reading(PutGroup.BODY),
            route(DELETE, "/groups/{name}", gateway(MANAGE_IDENTITIES), "remove a group; its members stay", new DeleteGroup(ids.groups())),
            route(GET, "/keys", anyKey(), "your keys", new ListKeys(ids)),
            route(DELETE, "/keys/{fingerprint...}", key(MANAGE_KEYS), "let a key in no more", new DeleteKey(ids), DeleteKey.REASON),
            route(GET, "/connections", gateway(MANAGE_CONNECTIONS), "who is connected", new ListConnections(door.connections())),
            route(DELETE, "/connections/{id}", gateway(MANAGE_CONNECTIONS), "end a connection", new EndConnection(door.connections(), happenings.events()), EndConnection.REASON),
            route(POST, "/retention", gateway(RUN_RETENTION), "remove now what is not kept any longer, or say what that would be", new RunRetention(retention), RunRetention.DRY_RUN),
            route(GET, "/audit", gateway(READ_AUDIT), "what was asked and decided, from any record on", new ReadAudit(audit, followers),
                ReadAudit.AFTER, ReadAudit.FOLLOW, ReadAudit.LIMIT),
            route(PUT, "/drain", gateway(DRAIN), "take no new builds, and say so to who submits", new Drain(engine), Drain.MESSAGE),
            route(DELETE, "/drain", gateway(DRAIN), "take builds again", new EndDrain(engine)),
            route(GET, "/log-levels", gateway(SET_LOG_LEVELS), "what the gateway's own log says", new ListLogLevels(house.levels())),
            route(PUT, "/log-levels/{logger}", gateway(SET_LOG_LEVELS), "let a part of it say more or less, until the gateway ends", new SetLogLevel(house.levels()), SetLogLevel.LEVEL),
            route(DELETE, "/log-levels/{logger}", gateway(SET_LOG_LEVELS), "let it say as much as the rest", new ResetLogLevel(house.levels())),
            route(GET, "/metrics", gateway(READ_METRICS), "measures, as OpenMetrics text", new ReadMetrics(door.metrics())),
            route(GET, "/audit/checkpoint", gateway(READ_AUDIT), "what the audit log is now, signed, to be kept elsewhere", new ReadCheckpoint(audit)),
            route(POST, "/certificates", anyKey(), "a short-lived certificate on the public key in the body", new IssueCertificate(parts.ownAuthority()), IssueCertificate.VALID).reading(IssueCertificate.BODY),
            route(GET, "/cas", gateway(MANAGE_AUTHORITIES), "whose certificates let in", new ListAuthorities(parts.authorities())),
            route(POST, "/cas", gateway(MANAGE_AUTHORITIES), "trust a certificate authority", new AddAuthority(parts.authorities()),
                AddAuthority.NAME, AddAuthority.NOT_BEFORE, AddAuthority.NOT_AFTER).reading(AddAuthority.BODY),
            route(DELETE, "/cas/{fingerprint...}", gateway(MANAGE_AUTHORITIES), "trust a certificate authority no more", new DeleteAuthority(parts.authorities())),
            route(GET, "/revocations", gateway(MANAGE_AUTHORITIES), "the key revocation list in force", new ReadRevocations(parts.revocations())),
            route(PUT, "/revocations", gateway(MANAGE_AUTHORITIES), "put another key revocation list in force", new PutRevocations(parts.revocations())).reading(PutRevocations.BODY));
    }
    // spotless:on
}
