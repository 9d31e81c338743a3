using Bot.CheckIns;
using Bot.Digests;

namespace Bot.Ties;

/// <summary>How far the same week has come in the other place.</summary>
public enum WeekThere
{
    /// <summary>Left out, or its check-in has not opened.</summary>
    NotAsked,

    /// <summary>Still taking answers before its digest.</summary>
    Open,
    Closed,
}

/// <summary>The week of an initiative that is followed in two places, each person counted once.</summary>
/// <param name="Place">The other one.</param>
/// <param name="Asked">In both together.</param>
/// <param name="Answered">Of them.</param>
/// <param name="Mean">Null unless both places show theirs.</param>
public sealed record WeekTogether(string Place, WeekThere There, int Asked, int Answered, double? Mean)
{
    /// <summary>
    /// Of the two means as both digests show them, weighted by how many ratings each says it is of. Whoever reads both digests could work it out, so it
    /// tells nobody anything about one person; the ratings themselves are not looked at. Null where either shows none.
    /// </summary>
    public static double? MeanOf(WeekFigures here, WeekFigures there) => here.Mean is { } mine && there.Mean is { } theirs
        ? ((Words.Shown(mine) * here.Rated) + (Words.Shown(theirs) * there.Rated)) / (here.Rated + there.Rated) : null;

    public string InWords() => There switch
    {
        WeekThere.NotAsked => $"Followed in two places. {Place} has not asked anybody this week.",
        _ => $"Followed in two places, here and in {Place}: together {Answered} of {Asked} answered {(There == WeekThere.Open ? "so far (the digest there is still to come)" : "this week")}, each person counted once."
            + (Mean is { } mean ? $" Performance of both: {Words.Mean(mean)} of 5." : ""),
    };
}
