namespace Bot.CheckIns;

/// <summary>
/// One week of a loop in numbers, aggregated where the answers lie; counted answers only, and with fewer than three of them nothing of what they say.
/// </summary>
/// <param name="Held">Somebody started its review, or it needs none; null where no review was due: left out or imported.</param>
/// <param name="Asked">Null for imported weeks.</param>
/// <param name="Answered">How many have answered, counted or waiting.</param>
/// <param name="Counted">Answers the other figures are made of.</param>
/// <param name="Mean">Null below three ratings.</param>
/// <param name="Struggles">How many named each kind, with and without their name.</param>
/// <param name="StrugglesNamed">The sum of those.</param>
/// <param name="Metric">The behaviour metric as the owner gave it, or else as a monitor sent it.</param>
public sealed record WeekInNumbers(
    RoundId RoundId,
    DateOnly ReviewDate,
    RoundState State,
    bool Imported,
    bool? Held,
    int? Asked,
    int Answered,
    int Counted,
    int Rated,
    double? Mean,
    int Unused,
    IReadOnlyDictionary<Struggles, int> Struggles,
    int DriftYes,
    int DriftNotSure,
    int DriftNo,
    double? Metric,
    double? SupportHours,
    int UsersAsked,
    int UsersAnswered,
    int BuildersAnswered,
    int Decisions,
    int Actions,
    int Experiments)
{
    public int StrugglesNamed => Struggles.Values.Sum();
}
