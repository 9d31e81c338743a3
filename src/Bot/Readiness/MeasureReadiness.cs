using Bot.Chat;
using Bot.CheckIns;

namespace Bot.Readiness;

/// <summary>How many gave one answer to probes of one dimension in one round.</summary>
/// <param name="Score">What the answer says, 0 to 100.</param>
/// <param name="One">One of the people; with <paramref name="Other"/> all of them when they are at most two.</param>
public sealed record ProbeCount(DateOnly ReviewDate, ReadinessDimension Dimension, double Score, int Answers, PersonId? One, PersonId? Other);

/// <summary>One dimension at one time.</summary>
/// <param name="Score">0 to 100; null: not measured, for lack of answers.</param>
/// <param name="Answers">How many answers it is of.</param>
public sealed record DimensionScore(ReadinessDimension Dimension, double? Score, int Answers);

/// <summary>The five dimensions as they stood after one review.</summary>
public sealed record ReadinessWeek(DateOnly ReviewDate, IReadOnlyList<DimensionScore> Dimensions)
{
    /// <summary>Mean of the measured dimensions; null when none is.</summary>
    public double? Overall => Dimensions.Average(d => d.Score);
}

/// <summary>Readiness as the probes measure it, week by week.</summary>
/// <param name="Now">The five dimensions, in their order.</param>
/// <param name="Weeks">Oldest first, one per closed round.</param>
public sealed record LoopReadiness(IReadOnlyList<DimensionScore> Now, IReadOnlyList<ReadinessWeek> Weeks)
{
    public static LoopReadiness Nothing { get; } = new([.. DimensionAdvice.All.Select(d => new DimensionScore(d, null, 0))], []);

    /// <summary>The lowest of the measured dimensions; null when none is.</summary>
    public DimensionScore? Lowest => Now.Where(d => d.Score is not null).MinBy(d => d.Score);
}

/// <summary>
/// Scores the dimensions from the probes of six weeks. A score needs three answers of three people, and once shown it moves only when at
/// least three answers came or went: otherwise the difference of two weeks would be one person's answer.
/// </summary>
public static class MeasureReadiness
{
    private const int Days = 42;

    public static LoopReadiness Of(IReadOnlyList<ProbeCount> counts, IEnumerable<DateOnly> reviewDates, DateOnly today)
    {
        var shown = DimensionAdvice.All.Select(d => new Shown(d, counts.Where(c => c.Dimension == d).OrderBy(c => c.ReviewDate).ToList())).ToList();
        var weeks = reviewDates.Where(d => d <= today).Order().Select(d => new ReadinessWeek(d, [.. shown.Select(s => s.At(d))])).ToList();
        return new LoopReadiness([.. shown.Select(s => s.At(today))], weeks);
    }

    /// <summary>One dimension as time goes on; dates are asked for in their order.</summary>
    private sealed class Shown(ReadinessDimension dimension, List<ProbeCount> counts)
    {
        private List<ProbeCount> _last = [];

        public DimensionScore At(DateOnly date)
        {
            var window = counts.FindAll(c => c.ReviewDate <= date && c.ReviewDate > date.AddDays(-Days));
            var answers = window.Sum(c => c.Answers);
            if (answers < CountAnswers.Fewest || People(window) < CountAnswers.Fewest)
            {
                _last = [];
                return new DimensionScore(dimension, null, answers);
            }

            var changed = window.Except(_last).Sum(c => c.Answers) + _last.Except(window).Sum(c => c.Answers);
            _last = _last.Count == 0 || changed >= CountAnswers.Fewest ? window : _last;
            var shown = _last.Sum(c => c.Answers);
            return new DimensionScore(dimension, _last.Sum(c => c.Score * c.Answers) / shown, shown);
        }

        /// <summary>Nobody answers twice in a round, so one count of three is three people; smaller ones name theirs.</summary>
        private static int People(List<ProbeCount> window) => window.Exists(c => c.Answers >= CountAnswers.Fewest)
            ? CountAnswers.Fewest
            : window.SelectMany(c => new[] { c.One, c.Other }).OfType<PersonId>().Distinct().Count();
    }
}
