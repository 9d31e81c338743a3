using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Readiness;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Readiness;

/// <summary>
/// Scores of probes: the mean of six weeks, three answers of three people at least, nothing that moves by one person's answer, a value for
/// every closed round, and what is read from the store; whom people name when they are stuck.
/// </summary>
public sealed class MeasureReadinessTests
{
    private static readonly DateOnly Day = new(2026, 11, 26);
    private static readonly PersonId[] People = [.. Enumerable.Range(1, 9).Select(i => new PersonId(new Guid(i, 0, 0, new byte[8])))];

    [Fact]
    public void A_score_is_the_mean_of_the_answers_of_six_weeks()
    {
        var readiness = MeasureReadiness.Of([Many(-42, 0, 5), Many(-35, 100, 3), One(-7, 33, 1), One(0, 67, 2)], [Day], Day);

        var training = readiness.Now[(int)ReadinessDimension.Training];
        Assert.Equal((80, 5), (training.Score, training.Answers));
        Assert.Equal(ReadinessDimension.Training, readiness.Lowest?.Dimension);
    }

    [Fact]
    public void Two_answers_are_not_a_score_nor_are_three_of_two_people()
    {
        var two = MeasureReadiness.Of([One(0, 100, 1), One(0, 0, 2)], [Day], Day);
        var ofTwo = MeasureReadiness.Of([One(-35, 100, 1), One(0, 100, 1), One(0, 0, 2)], [Day], Day);
        var ofThree = MeasureReadiness.Of([One(-35, 100, 1), One(0, 100, 3), One(0, 0, 2)], [Day], Day);

        Assert.Equal((null, 2), Training(two));
        Assert.Equal((null, 3), Training(ofTwo));
        Assert.Equal((66.7, 3), Training(ofThree));
        Assert.Null(two.Lowest);
    }

    [Fact]
    public void Once_shown_a_score_moves_only_when_three_answers_came_or_went()
    {
        var weeks = new[] { -21, -14, -7, 0 }.Select(d => Day.AddDays(d)).ToList();

        var readiness = MeasureReadiness.Of([Many(-21, 100, 3), One(-14, 0, 4), One(-7, 0, 5), One(0, 0, 6)], weeks, Day);

        Assert.Equal([100, 100, 100, 50], readiness.Weeks.Select(w => w.Dimensions[(int)ReadinessDimension.Training].Score));
        Assert.Equal([3, 3, 3, 6], readiness.Weeks.Select(w => w.Dimensions[(int)ReadinessDimension.Training].Answers));
    }

    [Fact]
    public void A_week_has_the_mean_of_the_measured_dimensions_and_none_when_none_is()
    {
        var fit = Many(0, 50, 4) with { Dimension = ReadinessDimension.WorkflowFit };

        var readiness = MeasureReadiness.Of([Many(0, 100, 3), fit], [Day.AddDays(-7), Day], Day);

        Assert.Equal([null, 75.0], readiness.Weeks.Select(w => w.Overall));
    }

    [Fact]
    public async Task It_is_read_from_counted_answers_of_this_loop_with_the_question_each_was_asked()
    {
        await using var product = await Product.StartAsync();
        var (loop, other) = (await product.SeedLoopAsync(), await product.SeedLoopAsync("Lead scoring"));
        await AnswerAsync(product, loop, "2026-11-19", ("ana", "training-enough", "yes"), ("ben", "training-self", "rather yes"), ("chloe", "training-recent", "no"), ("dev", "fit-extra-steps", "never"));
        await AnswerAsync(product, other, "2026-11-19", ("ana", "training-enough", "no"), ("ben", "training-enough", "no"), ("chloe", "training-enough", "no"));

        var readiness = await ReadAsync(product, read => read.OfAsync(loop.Id, new DateOnly(2026, 11, 23), CancellationToken.None));
        var later = await ReadAsync(product, read => read.OfAsync(loop.Id, new DateOnly(2026, 12, 31), CancellationToken.None));

        Assert.Equal((55.7, 3), Training(readiness));
        Assert.Equal((null, 1), (readiness.Now[(int)ReadinessDimension.WorkflowFit].Score, readiness.Now[(int)ReadinessDimension.WorkflowFit].Answers));
        Assert.Equal(new DateOnly(2026, 11, 19), Assert.Single(readiness.Weeks).ReviewDate);
        Assert.Equal((null, 0), Training(later));
    }

    [Fact]
    public async Task Whom_people_name_is_counted_from_three_answers_up()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var dev = (await product.PersonAsync("dev")).ToString();
        await AnswerAsync(product, loop, "2026-11-12", ("ana", Probe.WhoHelps, dev), ("ben", Probe.WhoHelps, dev));
        var two = await ReadAsync(product, read => read.ChampionsAsync(loop.Id, new DateOnly(2026, 11, 1), CancellationToken.None));
        await AnswerAsync(product, loop, "2026-11-19", ("ana", Probe.WhoHelps, "nobody"), ("ben", Probe.WhoHelps, "else"), ("chloe", "champions-ask", "no"));

        var four = await ReadAsync(product, read => read.ChampionsAsync(loop.Id, new DateOnly(2026, 11, 1), CancellationToken.None));
        var since = await ReadAsync(product, read => read.ChampionsAsync(loop.Id, new DateOnly(2026, 11, 19), CancellationToken.None));

        Assert.Null(two);
        Assert.Equal(new ChampionCount(4, await product.PersonAsync("dev"), 2, 1), four);
        Assert.Null(since);
    }

    internal static async Task AnswerAsync(Product product, Loop loop, string week, params (string Who, string Probe, string Said)[] said)
    {
        var round = await product.SeedWeekAsync(loop, week);
        await product.UseAsync(async db =>
        {
            var people = await db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id);
            foreach (var (who, probe, answer) in said)
            {
                db.Add(new Invitation { RoundId = round.Id, PersonId = people[who], Role = Role.User, Probe = probe, AnsweredAt = round.OpensAt });
                db.Add(new Answer { Id = Id.New<AnswerId>(product.Clock), RoundId = round.Id, PersonId = people[who], Rating = 4, ProbeAnswer = answer, At = round.OpensAt, Counted = true });
                // A change that waits to be counted says nothing yet.
                db.Add(new Answer { Id = Id.New<AnswerId>(product.Clock), RoundId = round.Id, PersonId = people[who], Rating = 1, ProbeAnswer = "no", At = round.OpensAt, Counted = false });
            }

            await db.SaveChangesAsync();
        });
    }

    private static Task<T> ReadAsync<T>(Product product, Func<ReadReadiness, Task<T>> read) => product.UseAsync(db => read(new ReadReadiness(db)));

    private static (double? Score, int Answers) Training(LoopReadiness readiness)
    {
        var training = readiness.Now[(int)ReadinessDimension.Training];
        return (training.Score is { } score ? Math.Round(score, 1) : null, training.Answers);
    }

    private static ProbeCount Many(int days, double score, int answers) => new(Day.AddDays(days), ReadinessDimension.Training, score, answers, People[0], People[answers - 1]);

    private static ProbeCount One(int days, double score, int person) => new(Day.AddDays(days), ReadinessDimension.Training, score, 1, People[person], People[person]);
}
