using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Digests;
using Bot.Evidence;
using Bot.Exports;
using Bot.Home;
using Bot.Imports;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Portfolios;
using Bot.Privacy;
using Bot.Readiness;
using Bot.Reports;
using Bot.Retention;
using Bot.Reviews;
using Bot.Store;
using Bot.Telemetry;
using Bot.Ties;
using Bot.Trends;
using Bot.Warnings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot;

/// <summary>Wires the product. A new thing people can type, press or send is one line here.</summary>
public static class AddBotExtensions
{
    /// <summary>The store, the alarm, the platforms, the links and the clock are the host's to add.</summary>
    public static IServiceCollection AddBot(this IServiceCollection services)
    {
        services.AddSingleton(_ => CardBook.Open());
        services.AddSingleton<Catalogue>();
        services.TryAddSingleton<Measures>();
        services.AddSingleton<Router>();
        services.AddSingleton<HandleInbound>(provider => provider.GetRequiredService<Router>().HandleAsync);
        services.AddSingleton<FindUpcoming>(provider => async ct =>
        {
            await using var scope = provider.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<FindNextDue>().NextAsync(ct);
        });
        services.AddSingleton<DeliverOutbox>().AddSingleton<PausedLanes>().AddSingleton<PutOff>().AddSingleton<NoteDelivery>().AddSingleton<RostersPutOff>();
        services.AddScoped<ListDeadLetters>().AddScoped<ResendDeadLetter>();
        services.AddSingleton<DoWhatIsDue>().AddSingleton<AdvanceWorkshops>();
        services.AddScoped<Turn>().AddScoped<Question>().AddScoped<AddressBook>().AddScoped<Presence>().AddScoped<UnknownWord>().AddScoped<Outbox>().AddScoped<Tidy>().AddScoped<ReadRosters>().AddScoped<Samples.SampleRows>();
        services.AddScoped<PlanRounds>().AddScoped<SkipRound>().AddScoped<ReadPastProbes>().AddScoped<OpenDueRounds>().AddScoped<RemindTheSilent>().AddScoped<CountAnswers>();
        services.AddScoped<CheckInForm>().AddScoped<ReadWeeks>().AddScoped<ReadHistory>().AddScoped<ReadTrends>().AddScoped<ReadThemes>();
        services.AddScoped<OpenDueReviews>().AddScoped<CloseDueRounds>().AddScoped<AdvanceAgenda>().AddScoped<PostReview>().AddScoped<ReadReviews>();
        services.AddScoped<ReviewForms>().AddScoped<PostDigest>().AddScoped<ReadStatus>();
        services.AddScoped<FindLoop>().AddScoped<FindInitiative>().AddScoped<LoopForm>().AddScoped<ChangeLoop>().AddScoped<FindNextDue>();
        services.AddScoped<EarlierInitiatives>().AddScoped<InitiativeForm>().AddScoped<ShowInitiative>();
        services.AddScoped<CheckEvidenceKey>().AddScoped<TakeEvidence>().AddScoped<ReadEvidence>();
        services.AddScoped<FollowLink>().AddScoped<OfferImport>().AddScoped<ImportAnswers>().AddScoped<ReadExport>().AddScoped<WriteExport>();
        services.AddScoped<ReadWarnings>().AddScoped<ReadPast>().AddScoped<ReadWarningFacts>().AddScoped<PostWarning>().AddScoped<RaiseWarnings>().AddScoped<FindWarning>().AddScoped<ForgetAnswers>();
        services.AddSingleton<PostPortfolio>().AddScoped<ReadPortfolio>().AddScoped<PortfolioRights>();
        services.AddScoped<ForgetOldTexts>().AddScoped<DeleteRemovedWorkspaces>().TryAddSingleton(new KeptFor());
        services.AddScoped<ReadReport>().AddScoped<ReadLoopReport>();
        services.AddScoped<InitiativePeople>().AddScoped<PlanCards>().AddScoped<ReadPlanProgress>().AddScoped<PostWorkshop>();
        services.AddScoped<ReadReadiness>().AddScoped<ReadReliance>().AddScoped<ReadDiagnoses>().AddScoped<DiagnosisCards>();

        services.AddScoped<AcrossTies>().AddScoped<NoteFingerprints>().AddScoped<ShowTie>().AddScoped<ReadAdmins>();

        services.Command<ShowHome>("home", "", "what waits for me: check-ins, actions, my initiatives, reviews");
        services.Command<RegisterInitiative>("new", "[name]", "register an initiative: outcome, owner, metric, money");
        services.Command<ListInitiatives>("list", "[initiative]", "all initiatives by stage, or one in full");
        services.Command<OpenCheckIn>("checkin", "[initiative]", "open my check-in form now");
        services.Command<ShowStatus>("status", "[initiative]", "how it stands: weeks, actions, next review");
        services.Command<ShowTrend>("trend", "[initiative] [weeks]", "one series with its limits: signal or routine variation");
        services.Command<ShowDigest>("digest", "[initiative]", "the last digest again, only to me");
        services.Command<ShowActions>("actions", "[initiative | mine]", "what is open, overdue first");
        services.Command<MoveStage>("stage", "[initiative] [stage]", "move an initiative on, with the reason");
        services.Command<ShowPlan>("plan", "[initiative]", "what has to be true before real users rely on it, overdue first");
        services.Command<StartWorkshop>("workshop", "[initiative]", "45 minutes in this channel: outcome, owner, and what has to be true");
        services.Command<OpenDiagnosis>("diagnose", "[scores] [initiative]", "twelve statements, a score in five dimensions, and what to do about the lowest");
        services.Command<StartLoop>("loop", "[new | import | initiative]", "start a loop in this channel, change its settings, or bring answers from elsewhere");
        services.Command<ShowSchedule>("schedule", "[initiative]", "the next three reviews, and the days left out");
        services.Command<PauseLoop>("pause", "[initiative] reason", "no check-ins until resumed");
        services.Command<ResumeLoop>("resume", "[initiative]", "go on after a pause");
        services.Command<SkipWeek>("skip", "[initiative] [date] reason", "leave out the coming review, or the one of a date");
        services.Command<ShowPeople>("people", "[initiative]", "who takes part, as what");
        services.Command<FollowTogether>("together", "[initiative] [code]", "followed in another workspace too: count each person once, for admins");
        services.Command<ShowWarnings>("warnings", "[initiative] | why [rule] | settings", "what the rules found, worst first, and why");
        services.Command<ShowPortfolio>("portfolio", "[#channel | here | off]", "all initiatives at once; where managers get it each week");
        services.Command<OfferExport>("export", "[initiative]", "everything as CSV and JSON, for the owner");
        services.Command<ShowEvidence>("evidence", "[initiative]", "keys for monitors that report drift or values, for the owner");
        services.Command<OfferReport>("report", "[initiative]", "a link to the report page: charts, weeks, decisions, warnings");
        services.Command<ShowPrivacy>("privacy", "", "what is kept about me, and how to delete it");
        services.Command<ChooseTimeZone>("timezone", "[zone]", "in which zone times are said to me");
        services.Command<ShowHelp>("help", "", "this list");

        services.Button<OpenCheckIn>(OpenCheckIn.Action, opensForm: true);
        services.Button<DeclineCheckIn>(DeclineCheckIn.Action);
        services.Form<AnswerCheckIn>(CheckInForm.Name);
        services.Button<StartReview>(StartReview.Action);
        services.Button<EndReview>(EndReview.Action);
        services.Button<RecordDecision>(RecordDecision.Action, opensForm: true);
        services.Form<RecordDecision>(RecordDecision.FormName);
        services.Button<AddAction>(AddAction.Action, opensForm: true);
        services.Form<AddAction>(AddAction.FormName);
        services.Button<SetExperiment>(SetExperiment.Action, opensForm: true);
        services.Form<SetExperiment>(SetExperiment.FormName);
        services.Button<AnswerExperiment>(AnswerExperiment.Action);
        services.Button<ShowActions>(ShowActions.Action);
        services.Button<CompleteAction>(CompleteAction.Action);
        services.Button<ShowDigest>(ShowDigest.Action);
        services.Button<ShowTrend>(ShowTrend.Action);
        services.Button<RebaseSeries>(RebaseSeries.Action, opensForm: true);
        services.Form<RebaseSeries>(RebaseSeries.FormName);
        services.Button<ShowSchedule>(ShowSchedule.Action);
        services.Button<StartLoop>(StartLoop.Action, opensForm: true);
        services.Form<StartLoop>(LoopForm.Name);
        services.Button<SetHolidays>(SetHolidays.Action, opensForm: true);
        services.Form<SetHolidays>(SetHolidays.FormName);
        services.Button<SetRole>(SetRole.Action, opensForm: true);
        services.Form<SetRole>(SetRole.FormName);
        services.Form<RegisterInitiative>(InitiativeForm.Name);
        services.Button<EditInitiative>(EditInitiative.Action, opensForm: true);
        services.Button<MoveStage>(MoveStage.Action, opensForm: true);
        services.Form<MoveStage>(MoveStage.FormName);
        services.Button<AnswerObstacle>(AnswerObstacle.Action, opensForm: true);
        services.Form<AnswerObstacle>(AnswerObstacle.FormName);
        services.Button<AnswerWarning>(AnswerWarning.Action, opensForm: true);
        services.Form<AnswerWarning>(AnswerWarning.FormName);
        services.Button<ExplainWarning>(ExplainWarning.Action);
        services.Button<ShowWarnings>(ShowWarnings.Action);
        services.Form<SetThresholds>(SetThresholds.FormName);
        services.Button<ShowPortfolio>(ShowPortfolio.Action);
        services.Button<SetPortfolio>(SetPortfolio.Action);
        services.Button<SchedulePortfolio>(SchedulePortfolio.Action, opensForm: true);
        services.Form<SchedulePortfolio>(SchedulePortfolio.FormName);
        services.Button<MakeEvidenceKey>(MakeEvidenceKey.Action, opensForm: true);
        services.Form<MakeEvidenceKey>(MakeEvidenceKey.FormName);
        services.Button<RevokeEvidenceKey>(RevokeEvidenceKey.Action);
        services.Button<ShowPlan>(ShowPlan.Action);
        services.Button<CompletePlanItem>(CompletePlanItem.Action);
        services.Button<AddPlanItem>(AddPlanItem.Action, opensForm: true);
        services.Form<AddPlanItem>(AddPlanItem.FormName);
        services.Button<WriteOutcome>(WriteOutcome.Action, opensForm: true);
        services.Form<WriteOutcome>(WriteOutcome.FormName);
        services.Button<NameOwner>(NameOwner.Action, opensForm: true);
        services.Form<NameOwner>(NameOwner.FormName);
        services.Button<EndWorkshop>(EndWorkshop.Action);
        services.Button<OpenDiagnosis>(OpenDiagnosis.Action, opensForm: true);
        services.Form<TakeDiagnosis>(TakeDiagnosis.FormName);
        services.Button<ShowDiagnosis>(ShowDiagnosis.Action);
        services.Button<AdoptNextStep>(AdoptNextStep.Action);
        services.Button<ShowStatus>(ShowStatus.Action);
        services.Button<RegisterInitiative>(RegisterInitiative.Action, opensForm: true);
        services.Button<EndTie>(EndTie.Action);
        services.Button<ShowPrivacy>(ShowPrivacy.Action);
        services.Button<DeleteMyTexts>(DeleteMyTexts.Action);
        services.Button<ChooseTimeZone>(ChooseTimeZone.Action, opensForm: true);
        services.Form<ChooseTimeZone>(ChooseTimeZone.FormName);
        return services;
    }

    private static void Command<THandler>(this IServiceCollection services, string word, string arguments, string does)
        where THandler : class, ICommandHandler
    {
        services.AddScoped<THandler>();
        services.AddSingleton(new CommandWord(word, arguments, does, typeof(THandler)));
    }

    private static void Button<THandler>(this IServiceCollection services, string name, bool opensForm = false)
        where THandler : class, IActionHandler
    {
        services.AddScoped<THandler>();
        services.AddSingleton(new ActionName(name, typeof(THandler), IsForm: false, opensForm));
    }

    private static void Form<THandler>(this IServiceCollection services, string name)
        where THandler : class, IFormHandler
    {
        services.AddScoped<THandler>();
        services.AddSingleton(new ActionName(name, typeof(THandler), IsForm: true, OpensForm: false));
    }
}
