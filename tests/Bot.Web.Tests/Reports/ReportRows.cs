using Bot.Chat;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Store;
using Bot.Trends;
using Bot.Warnings;

namespace Bot.Web.Tests.Reports;

/// <summary>Half a year of a loop put straight into the store: routine weeks, gaps, a fall below the limit, and something in every list.</summary>
/// <param name="last">The date of the last closed review.</param>
internal sealed class ReportRows(BotDb db, Loop loop, PersonId by, DateOnly last, TimeProvider clock)
{
    public const int Weeks = 26;

    /// <summary>Counted back from the last week, which is 0.</summary>
    public const int LeftOut = 12;
    public const int TooFew = 8;

    /// <summary>By week and person; 0 did not use it.</summary>
    private static readonly string[] Ratings =
    [
        "43045343", "43440335", "34543434", "45344043", "53344434", "4443", "34544303", "44343434", "43504443", "4444335", "34434044", "44544534", "44443433",
        "", "43444350", "34034534", "44543443", "43", "5443443", "34403443", "43543433", "44343334", "3450434", "33343340", "23334332", "22213201",
    ];

    private static readonly string Drifts = "01001020100100010201001134";

    private static readonly string[] Probes = ["ownership-who", "training-enough", "champions-ask", "fit-same-tools", "conditions-time"];

    private readonly List<PersonId> _people = [.. Enumerable.Range(0, 9).Select(_ => Id.New<PersonId>(clock))];

    /// <summary>Adds everything; the caller saves.</summary>
    /// <param name="initiative">Tracked, and changed: it gets an outcome with one open blank, a metric and a stage.</param>
    public void Add(Initiative initiative)
    {
        initiative.Stage = Stage.Pilot;
        initiative.Outcome = new OutcomeStatement("the churn score", "calling the customers most likely to leave first", "the 10 account managers of the north region", null);
        initiative.Metric = new BehaviourMetric("Calls changed because of it", "calls", 20, 60);
        foreach (var person in _people)
        {
            db.Add(new Person { Id = person, WorkspaceId = loop.WorkspaceId, ExternalId = "north-" + person, Name = "Account manager" });
            db.Add(new Participant { LoopId = loop.Id, PersonId = person, Role = Role.User, Since = loop.Slot.StartOn(last.AddDays(-7 * Weeks)) });
        }

        var rounds = Enumerable.Range(0, Weeks).Select(i => Round(last.AddDays(-7 * (Weeks - 1 - i)), i)).ToList();
        for (var i = 0; i < Weeks; i++)
        {
            Answers(rounds[i], i);
        }

        Reviewed(rounds);
        Register(initiative, rounds);
        Warned(initiative);
        Monitored(initiative);
    }

    private Round Round(DateOnly date, int i)
    {
        var at = loop.Slot.StartOn(date);
        var isLeftOut = i == Weeks - 1 - LeftOut;
        var round = new Round
        {
            Id = Id.New<RoundId>(clock), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, ReviewDate = date, OpensAt = at.AddDays(-1), RemindsAt = at.AddHours(-3),
            ReviewAt = at, ClosesAt = at.AddMinutes(30), State = isLeftOut ? RoundState.Skipped : RoundState.Closed, SkippedBecause = isLeftOut ? "company holiday" : null,
            StartedAt = isLeftOut || i % 9 == 4 ? null : at, ClosedAt = at.AddMinutes(30), Sealed = true,
        };
        db.Add(round);
        return round;
    }

    private void Answers(Round round, int i)
    {
        var isLast = i == Weeks - 1;
        for (var p = 0; p < Ratings[i].Length; p++)
        {
            db.Add(new Answer
            {
                Id = Id.New<AnswerId>(clock), RoundId = round.Id, PersonId = _people[p], ProbeAnswer = i < 8 ? null : (p + i) % 4 == 0 ? "rather not" : "rather yes", Rating = Ratings[i][p] == '0' ? null : Ratings[i][p] - '0', At = round.ReviewAt, Counted = true,
                Struggles = p % 3 == i * 5 % 4 ? Struggles.WrongResults | (isLast ? Struggles.NoTrust : Struggles.None) : p == i % 7 ? Struggles.DoesNotFit : Struggles.None,
                Drift = p < Drifts[i] - '0' ? DriftSeen.Yes : p == i % 8 ? DriftSeen.NotSure : DriftSeen.No,
                MetricValue = p == 0 ? 22 + (i * 2 / 5) + (i * 7 % 11) : null, SupportHours = p == 0 ? Math.Round(9 - (i * 0.25) + (i * 3 % 4 * 0.5), 1) : null,
            });
        }

        for (var p = 0; p < 9; p++)
        {
            db.Add(new Invitation { RoundId = round.Id, PersonId = _people[p], Role = Role.User, Probe = Probes[(p + i) % Probes.Length], AnsweredAt = p < Ratings[i].Length ? round.ReviewAt : null });
        }
    }

    private void Reviewed(List<Round> rounds)
    {
        void Decide(int ago, string text) => db.Add(new Decision
        {
            Id = Id.New<DecisionId>(clock), LoopId = loop.Id, RoundId = rounds[^(ago + 1)].Id, Text = text, By = by, At = rounds[^(ago + 1)].ReviewAt,
        });

        Decide(24, "Start with the north region only");
        Decide(19, "Show the three reasons beside each score");
        Decide(18, "Ask for one example of a wrong score per week");
        Decide(10, "Score on Mondays instead of daily");
        Decide(4, "Move the list into the CRM instead of a spreadsheet");
        Decide(1, "Look at the new customer types with data engineering");
        db.Add(new ActionItem { Id = Id.New<ActionItemId>(clock), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, RoundId = rounds[^3].Id, Text = "Explain the score in the CRM", OwnerId = by, DueOn = last.AddDays(-6), CreatedAt = rounds[^3].ReviewAt });
        db.Add(new ActionItem { Id = Id.New<ActionItemId>(clock), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, RoundId = rounds[^2].Id, Text = "Compare segments of October and November", OwnerId = by, DueOn = last.AddDays(9), CreatedAt = rounds[^2].ReviewAt });
        db.Add(new ActionItem { Id = Id.New<ActionItemId>(clock), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, RoundId = rounds[^9].Id, Text = "Add the contract date to the list", OwnerId = by, DueOn = last.AddDays(-40), CreatedAt = rounds[^9].ReviewAt, DoneAt = rounds[^7].ReviewAt });
        db.Add(new Experiment { Id = Id.New<ExperimentId>(clock), LoopId = loop.Id, RoundId = rounds[^6].Id, Change = "the order of the call list", Expect = "50 changed calls", By = last.AddDays(-14), SetAt = rounds[^6].ReviewAt, Result = ExperimentResult.No, ResultRoundId = rounds[^4].Id });
        db.Add(new Experiment { Id = Id.New<ExperimentId>(clock), LoopId = loop.Id, RoundId = rounds[^2].Id, Change = "who gets the list first", Expect = "two calls more per person", By = last.AddDays(14), SetAt = rounds[^2].ReviewAt });
        db.Add(new Rebase { LoopId = loop.Id, Series = SeriesName.SupportHours, From = rounds[^11].ReviewDate, Reason = "The support desk took over from the project team", By = by, At = rounds[^11].ReviewAt });
    }

    private void Register(Initiative initiative, List<Round> rounds)
    {
        db.Add(new StageChange { Id = Id.New<StageChangeId>(clock), InitiativeId = initiative.Id, To = Stage.Idea, By = by, At = rounds[0].ReviewAt.AddDays(-40) });
        db.Add(new StageChange { Id = Id.New<StageChangeId>(clock), InitiativeId = initiative.Id, From = Stage.Idea, To = Stage.Pilot, Reason = "Ten account managers agreed to try it for a quarter", By = by, At = rounds[1].ReviewAt });
        db.Add(new PlanItem { Id = Id.New<PlanItemId>(clock), WorkspaceId = loop.WorkspaceId, InitiativeId = initiative.Id, Kind = PlanKind.Integration, Text = "Score inside the CRM, not beside it", OwnerId = by, DueOn = last.AddDays(30), CreatedAt = rounds[^5].ReviewAt });
        db.Add(new PlanItem { Id = Id.New<PlanItemId>(clock), WorkspaceId = loop.WorkspaceId, InitiativeId = initiative.Id, Kind = PlanKind.WorkflowChange, Text = "The Monday meeting starts from the list", DueOn = last.AddDays(-3), CreatedAt = rounds[^5].ReviewAt });
        db.Add(new PlanItem { Id = Id.New<PlanItemId>(clock), WorkspaceId = loop.WorkspaceId, InitiativeId = initiative.Id, Kind = PlanKind.Training, Text = "A half-hour session per team, repeated each month", OwnerId = by, CreatedAt = rounds[^5].ReviewAt, DoneAt = rounds[^2].ReviewAt });
    }

    private void Warned(Initiative initiative)
    {
        Warning Warn(string rule, int level, WarningState state, string finding, int ago) => new()
        {
            Id = Id.New<WarningId>(clock), WorkspaceId = loop.WorkspaceId, InitiativeId = initiative.Id, LoopId = loop.Id, Rule = rule, Level = level, State = state, Finding = finding,
            Evidence = "", OpenedAt = loop.Slot.StartOn(last.AddDays(-ago)), ChangedAt = loop.Slot.StartOn(last), EndedAt = state == WarningState.Open ? null : loop.Slot.StartOn(last.AddDays(5 - ago)),
        };

        var answered = Warn("white-glove", 2, WarningState.Answered, "Support hours per user have not fallen for 6 weeks.", 80);
        db.AddRange(
            answered,
            Warn("drift-unattended", 3, WarningState.Open, "Drift was confirmed by people and monitors, and no action is open about it.", 0),
            Warn("overstay", 1, WarningState.Open, "The pilot was planned for 12 weeks and is in week 25.", 14),
            new WarningAnswer { Id = Id.New<WarningAnswerId>(clock), WarningId = answered.Id, Text = "From October the support desk answers; the project team only gets what they cannot solve.", By = by, At = loop.Slot.StartOn(last.AddDays(-75)) });
    }

    private void Monitored(Initiative initiative)
    {
        void Report(string same, EvidenceSource source, string series, double? value, double? threshold, string? method, Verdict verdict, int ago, string? text = null) => db.Add(new EvidenceItem
        {
            Id = Id.New<EvidenceItemId>(clock), WorkspaceId = loop.WorkspaceId, InitiativeId = initiative.Id, SameAs = same, Source = source, Series = series, Value = value,
            Threshold = threshold, Method = method, Verdict = verdict, Text = text, At = loop.Slot.StartOn(last.AddDays(-ago)), ReceivedAt = loop.Slot.StartOn(last.AddDays(-ago)),
        });

        Report("a", EvidenceSource.Evidently, "customer_type", 0.31, 0.1, "Jensen-Shannon distance", Verdict.Drift, 1);
        Report("b", EvidenceSource.Evidently, "customer_type", 0.07, 0.1, "Jensen-Shannon distance", Verdict.None, 8);
        Report("c", EvidenceSource.Alertmanager, "ScoringLatencyHigh", null, null, null, Verdict.Possible, 3, "p95 above 2 s for 30 minutes");
        Report("d", EvidenceSource.Plain, "scores per day", 1840, null, null, Verdict.Unknown, 2);
    }
}
