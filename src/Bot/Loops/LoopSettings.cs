using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Loops;

/// <summary>What somebody typed into the loop form, parsed.</summary>
public sealed record LoopSettings(
    string Name, PersonId Owner, IReadOnlyList<PersonId> People, WeeklySlot Slot, int OpenHours, int RemindHours,
    bool LocalTime, bool Asynchronous, Facilitation Facilitation, BehaviourMetric? Metric)
{
    public const int MaxUnit = 30;
    private const string NumberAsked = "Give a number, for example 41 or 0.85.";

    /// <param name="counted">The metric the initiative has: one of the model that got in once must not lock the other settings.</param>
    public static LoopSettings? Parse(FormValues typed, IReadOnlyList<Choice> members, BehaviourMetric? counted, out IReadOnlyDictionary<string, string> errors)
    {
        var read = new FormReader(typed);
        var name = read.Text("name", Loop.MaxNameLength, "Give the initiative a name people will recognise.");
        var owner = Id.Parse<PersonId>(read.OneOf("owner", members, "Choose who is accountable for whether anyone uses it."));
        var people = typed.Choices("people").Select(Id.Parse<PersonId>).OfType<PersonId>().Distinct().ToList();
        if (people.Count != typed.Choices("people").Count || people.Exists(p => !members.Any(m => m.Value == p.ToString())))
        {
            read.Fault("people", "Choose people from the list.");
        }

        var slot = SlotFields.Read(read, typed);
        var minutes = Whole(read, typed, "minutes", 10, 120, "The review takes 10 to 120 minutes.");
        var open = Whole(read, typed, "open", 2, 144, "The check-in opens 2 to 144 hours before the review.");
        var remind = Whole(read, typed, "remind", 1, 143, "The reminder comes 1 to 143 hours before the review.");
        if (open > 0 && remind >= open)
        {
            read.Fault("remind", "The reminder comes after the opening: give fewer hours than there.");
        }

        var metric = ReadMetric(read, typed, counted);
        errors = read.Errors;
        return !read.IsFine ? null : new LoopSettings(
            name, owner!.Value, people, slot with { Minutes = minutes }, open, remind,
            typed.IsOn("localTime"), typed.IsOn("async"), typed.IsOn("rotate") ? Facilitation.Rotating : Facilitation.Owner, metric);
    }

    private static BehaviourMetric? ReadMetric(FormReader read, FormValues typed, BehaviourMetric? counted)
    {
        var name = read.Optional("metric", Loop.MaxNameLength);
        var unit = read.Optional("unit", MaxUnit);
        var baseline = read.Number("baseline", double.MinValue, double.MaxValue, NumberAsked);
        var target = read.Number("target", double.MinValue, double.MaxValue, NumberAsked);
        if (name is null && (unit ?? typed["baseline"] ?? typed["target"]) is not null)
        {
            read.Fault("metric", "Name what is counted, or leave all four empty.");
        }

        if (name is not null && name != counted?.Name && ModelMetric.Is(name))
        {
            read.Fault("metric", ModelMetric.Refusal(name));
        }

        return name is null ? null : new BehaviourMetric(name, unit, baseline, target);
    }

    private static int Whole(FormReader read, FormValues typed, string field, int least, int most, string error)
    {
        if (int.TryParse(typed[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        read.Fault(field, error);
        return 0;
    }
}
