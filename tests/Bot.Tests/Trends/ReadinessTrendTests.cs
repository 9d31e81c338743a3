using Bot.Chat;
using Bot.CheckIns;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Trends;

/// <summary>The series that is made of probes, in /pilot trend.</summary>
public sealed class ReadinessTrendTests
{
    [Fact]
    public async Task Readiness_is_offered_where_probes_were_answered_and_shown_without_limits()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.StartLoopAsync();
        Assert.DoesNotContain("Readiness", await TrendAsync(product, "trend"));
        for (var week = new DateOnly(2026, 11, 26); week <= new DateOnly(2027, 1, 28); week = week.AddDays(7))
        {
            await product.MoveToAsync($"{week.AddDays(-1):yyyy-MM-dd}T09:30:00Z");
            await AnswerAsync(product, (await product.RoundAsync(loop, $"{week:yyyy-MM-dd}")).Id);
            await product.MoveToAsync($"{week:yyyy-MM-dd}T09:31:00Z");
        }

        var performance = Assert.IsType<Reply.Whisper>(await product.TypeAsync("ana", "trend")).Card;
        var readiness = await TrendAsync(product, "trend readiness");

        Assert.Contains($"{loop}:readiness", performance.Content.ToJsonString());
        Assert.Contains("each value looks back over several weeks", readiness, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Set limits anew", readiness);
    }

    private static async Task AnswerAsync(Product product, RoundId round)
    {
        var asked = await product.UseAsync(db => db.Invitations.AsNoTracking().Where(i => i.RoundId == round)
            .Join(db.People, i => i.PersonId, p => p.Id, (i, p) => new { p.ExternalId, i.Probe }).ToListAsync());
        foreach (var one in asked)
        {
            var said = one.Probe == Probe.WhoHelps ? Probe.Nobody : Probe.Find(one.Probe)!.Choices[1].Value;
            await product.AnswerAsync(one.ExternalId, round, "4", new() { ["probe"] = said });
        }
    }

    private static async Task<string> TrendAsync(Product product, string typed) => CardText.Of(Assert.IsType<Reply.Whisper>(await product.TypeAsync("ana", typed)).Card);
}
