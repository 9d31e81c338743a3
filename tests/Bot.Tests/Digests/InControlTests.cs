using System.Text.RegularExpressions;
using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Digests;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Trends;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Digests;

/// <summary>A digest of noise uses no word for a trend; one of fewer than six weeks never does.</summary>
public sealed partial class InControlTests
{
    private static readonly CardBook Cards = CardBook.Open();

    /// <summary>Means of nine ratings around 3.6 with a week missing now and then, and a behaviour metric around 40.</summary>
    private static Gen<(double?[] Means, double?[] Metrics)> Weeks(int least, int most) =>
        from weeks in Gen.Choose(least, most)
        from means in Gen.Choose(28, 44).Select(n => (double?)Math.Round(n / 9.0 * 9 / 10, 2)).ArrayOf(weeks)
        from missing in Gen.Choose(0, 9).ArrayOf(weeks)
        from metrics in Gen.Choose(30, 50).Select(n => (double?)n).ArrayOf(weeks)
        select (means.Select((m, i) => missing[i] == 0 ? null : m).ToArray(), metrics);

    [Fact]
    public void A_digest_without_a_signal_has_no_word_for_a_trend()
    {
        var quiet = 0;
        Prop.ForAll(Weeks(1, 40).ToArbitrary(), weeks =>
            {
                var (text, signals) = Digest(weeks.Means, weeks.Metrics);
                quiet += signals ? 0 : 1;
                Assert.Equal(signals, text.Contains("ignal", StringComparison.Ordinal));
                Assert.True(signals || !TrendWord().IsMatch(text), $"{TrendWord().Match(text)} in {text}");
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        Assert.InRange(quiet, 100, 500);
    }

    [Fact]
    public void A_digest_of_fewer_than_six_weeks_has_none_however_wild_they_are()
    {
        var wild = Gen.Choose(10, 50).Select(n => (double?)(n / 10.0)).ArrayOf(5);
        Prop.ForAll(wild.ToArbitrary(), Gen.Choose(-1000, 1000).Select(n => (double?)n).ArrayOf(5).ToArbitrary(), (means, metrics) =>
            {
                var (text, signals) = Digest(means, metrics);
                Assert.False(signals);
                Assert.False(TrendWord().IsMatch(text), $"{TrendWord().Match(text)} in {text}");
                Assert.Contains("Collecting, 5 of 6 weeks", text);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void The_words_looked_for_are_found_where_there_is_a_signal()
    {
        var (text, signals) = Digest([.. Enumerable.Range(0, 12).Select(i => (double?)(i % 2 == 0 ? 3.5 : 3.7)), 2], [.. Enumerable.Repeat<double?>(40, 13)]);

        Assert.True(signals);
        Assert.Matches(TrendWord(), text);
    }

    private static (string Text, bool Signals) Digest(double?[] means, double?[] metrics)
    {
        var past = means.Select((m, i) => new WeekMean(new RoundId(Guid.NewGuid()), Date(i), RoundState.Closed, false, m is null ? 0 : 9, m)).ToList();
        var trends = new PastWeeksInTwo(past, past.Zip(metrics).ToDictionary(p => p.First.RoundId, p => p.Second!.Value), []);
        var (performance, behaviour) = (trends.Performance(null), trends.Behaviour(null));
        var now = past[^1];
        var workspace = new WorkspaceId(Guid.NewGuid());
        var initiative = new Initiative
        {
            Id = new InitiativeId(Guid.NewGuid()), WorkspaceId = workspace, Name = "Churn predictor", CreatedAt = default, Metric = new BehaviourMetric("Calls changed", "calls", 20, 60),
        };
        var loop = new Loop { Id = new LoopId(Guid.NewGuid()), WorkspaceId = workspace, InitiativeId = initiative.Id, ChannelId = new ChannelId(Guid.NewGuid()), StartedAt = default, Slot = WeeklySlot.Default };
        var round = new Round
        {
            Id = now.RoundId, WorkspaceId = workspace, LoopId = loop.Id, ReviewDate = now.ReviewDate, State = RoundState.Closed, StartedAt = DateTimeOffset.UnixEpoch,
            OpensAt = default, RemindsAt = default, ReviewAt = default, ClosesAt = default,
        };
        var channel = new Channel { Id = loop.ChannelId, WorkspaceId = workspace, ExternalId = "c", Kind = ConversationKind.Channel };
        var figures = new WeekFigures(
            9, now.Rated, 0, now.Rated, now.Mean, now.Mean is null ? null : 2, now.Mean is null ? null : 5, 0,
            [new StruggleFigure(Struggles.MissingData, 3, "waited for a minute")], new DriftFigure(0, 1, 8, []), metrics[^1], null);
        var card = Cards.Fill(ComposeDigest.From(new DigestFacts(new RoundInHand(round, loop, initiative, channel), figures, new ReviewFacts([], null, null, []))
        {
            Before = [.. past.SkipLast(1).TakeLast(12)], Performance = performance, Behaviour = behaviour, Report = new Uri("https://pilot.test/report"),
        }));
        // What a button does is no word about the week.
        card.Content.Remove("actions");
        return (CardText.Of(card) + card.Text, TrendWords.HasSignal(performance) || TrendWords.HasSignal(behaviour));
    }

    private static DateOnly Date(int place) => new DateOnly(2026, 1, 1).AddDays(7 * place);

    [GeneratedRegex(
        @"\b(up|down|upward\w*|downward\w*|ris\w*|rose|fall\w*|fell|drop\w*|better|worse|best|worst|improv\w*|declin\w*|increas\w*|decreas\w*|grow\w*|grew|shrink\w*|gain\w*|slump\w*|trend\w*|higher|lower|above|below|recover\w*|slip\w*)\b|[↑↓↗↘▲▼→]",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TrendWord();
}
