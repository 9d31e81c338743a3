using Bot.CheckIns;

namespace Bot.Evidence;

/// <summary>Where what people say about drift and what monitors say about it do not fit together.</summary>
public enum Disagreement
{
    /// <summary>People see drift that the monitors do not.</summary>
    OnlyPeople,

    /// <summary>Monitors report drift that people do not see.</summary>
    OnlyMonitors,
}

/// <summary>Compares people with monitors. Pure.</summary>
public static class CompareDrift
{
    private const int Enough = 3;
    private const int Part = 4;

    /// <summary>Drift is confirmed by three who saw it, or by a quarter of those who answered; of fewer than three answers nothing is said.</summary>
    public static bool IsConfirmed(DriftFigure? people) => people is not null && Answered(people) >= Enough && (people.Yes >= Enough || people.Yes * Part >= Answered(people));

    /// <summary>Null when they agree, when one of them is not sure ("possible"), and when one of them has not said anything.</summary>
    public static Disagreement? Of(DriftFigure? people, MonitorFigure monitors) =>
        people is null || Answered(people) < Enough ? null : (IsConfirmed(people), monitors.Worst) switch
        {
            (true, Verdict.None) => Disagreement.OnlyPeople,
            (false, Verdict.Drift) => Disagreement.OnlyMonitors,
            _ => null,
        };

    private static int Answered(DriftFigure people) => people.Yes + people.NotSure + people.No;
}
