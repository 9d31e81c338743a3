using Bot.Cards;
using Bot.Chat;
using Bot.Loops;

namespace Bot.Initiatives;

/// <summary>What somebody typed into the form of an initiative, parsed. Everything but the name may be open.</summary>
/// <param name="Stage">Where a new one begins.</param>
public sealed record InitiativeEntry(
    string Name, Stage Stage, OutcomeStatement Outcome, PersonId? Owner, PersonId? Builder, BehaviourMetric? Metric, double? PilotCost, double? DeploymentBudget,
    string? TrustedSource, string? WhatChanges, string? WhatDoesNot, DateOnly? PlannedEnd)
{
    public const int MaxBlank = 200;
    public const int MaxText = 500;

    /// <summary>Chosen where nobody is to be named yet: not every platform lets a choice be taken back.</summary>
    public const string Nobody = "nobody";
    private const double MostMoney = 1e12;

    /// <summary>Of use only if the reader found no fault.</summary>
    /// <param name="people">Who may be named.</param>
    /// <param name="before">The planned end there was: it may be over by now.</param>
    public static InitiativeEntry Read(FormReader read, FormValues typed, IReadOnlySet<PersonId> people, DateOnly today, DateOnly? before) => new(
        read.Text("name", Loop.MaxNameLength, "Give the initiative a name people will recognise."),
        ReadStage(read, typed),
        new OutcomeStatement(read.Optional("capability", MaxBlank), read.Optional("behaviourChange", MaxBlank), read.Optional("userGroup", MaxBlank), read.Optional("timeframe", MaxBlank)),
        ReadPerson(read, typed, "owner", people),
        ReadPerson(read, typed, "builder", people),
        ReadMetric(read, typed),
        Money(read, "cost"),
        Money(read, "budget"),
        read.Optional("source", MaxBlank),
        read.Optional("changes", MaxText),
        read.Optional("doesNot", MaxText),
        typed["plannedEnd"] is null ? null
            : before is { } end && typed["plannedEnd"] == $"{end:yyyy-MM-dd}" ? end
            : read.Date("plannedEnd", today, "Choose the day on which the pilot is meant to end."));

    /// <summary>Into the register. The stage is not among it: it moves with a reason.</summary>
    public void WriteTo(Initiative it)
    {
        (it.Name, it.Outcome, it.OwnerId, it.BuilderId) = (Name, Outcome, Owner, Builder);
        (it.PilotCost, it.DeploymentBudget, it.TrustedSource) = (PilotCost, DeploymentBudget, TrustedSource);
        (it.WhatChanges, it.WhatDoesNot, it.PlannedEnd) = (WhatChanges, WhatDoesNot, PlannedEnd);
        it.Metric = Metric;
    }

    private static Stage ReadStage(FormReader read, FormValues typed)
    {
        switch (typed["stage"])
        {
            case null or nameof(Stage.Pilot):
                return Stage.Pilot;
            case nameof(Stage.Idea):
                return Stage.Idea;
            default:
                read.Fault("stage", "A new initiative begins as an idea or as a pilot; `/pilot stage` moves it on.");
                return default;
        }
    }

    private static PersonId? ReadPerson(FormReader read, FormValues typed, string field, IReadOnlySet<PersonId> people)
    {
        if (typed[field] is null or Nobody)
        {
            return null;
        }

        if (Id.Parse<PersonId>(typed[field]) is { } person && people.Contains(person))
        {
            return person;
        }

        read.Fault(field, "Choose somebody from the list, or leave it open.");
        return null;
    }

    private static BehaviourMetric? ReadMetric(FormReader read, FormValues typed)
    {
        const string number = "Give a number, for example 41 or 0.85.";
        var name = read.Optional("metric", Loop.MaxNameLength);
        var unit = read.Optional("unit", LoopSettings.MaxUnit);
        var baseline = read.Number("baseline", double.MinValue, double.MaxValue, number);
        var target = read.Number("target", double.MinValue, double.MaxValue, number);
        if (name is null && (unit ?? typed["baseline"] ?? typed["target"]) is not null)
        {
            read.Fault("metric", "Name what is counted, or leave unit, baseline and target empty too.");
        }

        if (name is not null && ModelMetric.Is(name))
        {
            read.Fault("metric", ModelMetric.Refusal(Say.Shortened(name, 40)));
        }

        Direction? wanted = typed["better"] switch { nameof(Direction.Up) => Direction.Up, nameof(Direction.Down) => Direction.Down, _ => null };
        return name is null ? null : new BehaviourMetric(name, unit, baseline, target) { Wanted = wanted };
    }

    private static double? Money(FormReader read, string field) => read.Number(field, 0, MostMoney, "Give an amount as a plain number, for example 20000.");
}
