using Bot.Chat;
using Bot.CheckIns;
using Bot.Readiness;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.CheckIns;

/// <summary>
/// Who is asked what: evenly over thirty weeks, whoever stays away or joins; no question before the others of its dimension; the same for
/// the same past; a loop from an earlier release; somebody who joins late.
/// </summary>
public sealed class ChooseProbesTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact]
    public void With_everybody_there_each_person_and_each_week_is_even()
    {
        Prop.ForAll(Gen.Choose(1, 40).ToArbitrary(), n =>
        {
            var weeks = Live(n, weeks: 30, (_, _) => true);

            Assert.All(Enumerable.Range(0, n), person => AssertEven(weeks.Select(w => w[person]!), 1));
            Assert.All(weeks, week => AssertEven(week.OfType<Probe>(), 1));
            Assert.All(Enumerable.Range(1, weeks.Count), so => AssertEven(weeks.Take(so).SelectMany(w => w.OfType<Probe>()), 1));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Whoever_stays_away_or_joins_later_is_asked_every_dimension_equally_often()
    {
        var absences = Gen.Choose(1, 12).SelectMany(n => Gen.Choose(0, 3).ArrayOf(n * 30).Select(dice => (n, dice)));
        Prop.ForAll(absences.ToArbitrary(), them =>
        {
            var weeks = Live(them.n, weeks: 30, (week, person) => week >= person && them.dice[(week * them.n) + person] > 0);

            Assert.All(Enumerable.Range(0, them.n), person => AssertEven(weeks.Select(w => w[person]).OfType<Probe>(), 1));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_question_comes_again_before_the_others_of_its_dimension()
    {
        var weeks = Live(7, weeks: 60, (_, _) => true);

        Assert.All(Enumerable.Range(0, 7), person => Assert.All(DimensionAdvice.All, dimension =>
        {
            var questions = Probe.Pool.Count(p => p.Dimension == dimension);
            var asked = weeks.Select(w => w[person]!).Where(p => p.Dimension == dimension).ToList();
            Assert.All(Enumerable.Range(0, asked.Count - questions), from => Assert.Equal(questions, asked.Skip(from).Take(questions).Distinct().Count()));
        }));
    }

    [Fact]
    public void The_same_past_gives_the_same_questions()
    {
        var people = Enumerable.Range(0, 9).Select(i => new PastProbes(PersonOf(i), i % 2 == 0 ? [] : [new AskedProbe(Probe.Pool[i].Id, First)])).ToList();

        Assert.Equal(ChooseProbes.For(people, []), ChooseProbes.For(people, []));
    }

    [Fact]
    public void What_was_never_asked_comes_first_and_questions_that_are_gone_count_for_nothing()
    {
        string[] earlier = ["training-enough", "champions-ask", "fit-extra-steps", "conditions-help", "gone"];
        var past = new PastProbes(PersonOf(1), [.. earlier.Select((id, week) => new AskedProbe(id, First.AddDays(7 * week)))]);

        var probe = ChooseProbes.For([past], [])[PersonOf(1)];

        Assert.Equal(ReadinessDimension.Ownership, probe.Dimension);
    }

    [Fact]
    public void Who_joins_late_gets_what_the_round_has_least_of()
    {
        var already = Probe.Pool.Take(5).Where(p => p.Dimension != ReadinessDimension.WorkflowFit).Select(p => p.Id);

        var probe = ChooseProbes.For([new PastProbes(PersonOf(1), [])], already)[PersonOf(1)];

        Assert.Equal(ReadinessDimension.WorkflowFit, probe.Dimension);
    }

    /// <summary>Weeks of people, with the probe each was asked; null for who was not there.</summary>
    private static List<Probe?[]> Live(int people, int weeks, Func<int, int, bool> isThere)
    {
        var past = Enumerable.Range(0, people).Select(_ => new List<AskedProbe>()).ToArray();
        var lived = new List<Probe?[]>();
        for (var week = 0; week < weeks; week++)
        {
            var (date, horizon) = (First.AddDays(7 * week), First.AddDays(7 * (week - ReadPastProbes.Rounds)));
            var there = Enumerable.Range(0, people).Where(p => isThere(week, p)).ToList();
            var chosen = ChooseProbes.For([.. there.Select(p => new PastProbes(PersonOf(p), past[p].FindAll(a => a.ReviewDate >= horizon)))], []);
            there.ForEach(p => past[p].Add(new AskedProbe(chosen[PersonOf(p)].Id, date)));
            lived.Add([.. Enumerable.Range(0, people).Select(p => chosen.GetValueOrDefault(PersonOf(p)))]);
        }

        return lived;
    }

    private static void AssertEven(IEnumerable<Probe> probes, int most)
    {
        var counts = DimensionAdvice.All.Select(d => probes.Count(p => p.Dimension == d)).ToList();
        Assert.InRange(counts.Max() - counts.Min(), 0, most);
    }

    private static PersonId PersonOf(int i) => new(new Guid(i, 0, 0, new byte[8]));
}
