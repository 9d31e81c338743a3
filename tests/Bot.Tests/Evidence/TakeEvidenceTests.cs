using System.Text;
using System.Text.Json;
using Bot.Chat;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Evidence;

/// <summary>What is stored of a report: all or nothing, and each item once.</summary>
public sealed class TakeEvidenceTests
{
    [Fact]
    public async Task A_report_sent_twice_is_stored_once()
    {
        await using var product = await Product.StartAsync();
        var key = await KeyAsync(product);

        foreach (var payload in Payloads.Names)
        {
            var items = Read(Payloads.Read(payload), product.Clock.Now);
            var first = await TakeAsync(product, key, items);
            product.Clock.Now += TimeSpan.FromMinutes(5);
            var again = await TakeAsync(product, key, Read(Payloads.Read(payload), product.Clock.Now));

            Assert.Equal((items.Count, 0), (first.Stored, first.Known));
            Assert.Equal((0, items.Count), (again.Stored, again.Known));
        }
    }

    [Fact]
    public async Task Any_list_sent_twice_is_stored_once_each_item()
    {
        await using var product = await Product.StartAsync();
        var now = product.Clock.Now;
        var lists = Gen.Sample(
            from series in Gen.Elements("a", "b", "psi_c")
            from value in Gen.Choose(0, 3)
            from day in Gen.Choose(0, 3)
            select new { series, value = value / 10.0, at = now.AddDays(-day) }, 20, 25);

        foreach (var list in lists.Select((item, i) => (item, i)).GroupBy(x => x.i % 5, x => x.item))
        {
            var key = await KeyAsync(product);
            var items = Read(JsonSerializer.SerializeToUtf8Bytes(list.ToList()), now);
            var (first, again) = (await TakeAsync(product, key, items), await TakeAsync(product, key, items));

            Assert.Equal(list.Distinct().Count(), first.Stored);
            Assert.Equal((0, list.Count()), (again.Stored, again.Known));
            Assert.Equal(first.Stored, await product.UseAsync(db => db.Evidence.CountAsync(i => i.InitiativeId == key.Initiative)));
        }
    }

    [Fact]
    public async Task The_same_item_of_two_initiatives_is_two()
    {
        await using var product = await Product.StartAsync();
        var items = Read(Payloads.Read("plain-one"), product.Clock.Now);

        Assert.Equal(1, (await TakeAsync(product, await KeyAsync(product), items)).Stored);
        Assert.Equal(1, (await TakeAsync(product, await KeyAsync(product), items)).Stored);
    }

    [Theory]
    [InlineData("alertmanager-firing", "alertmanager-resolved")]
    [InlineData("alertmanager-resolved", "alertmanager-firing")]
    public async Task A_resolved_alert_ends_the_one_that_fired_whichever_comes_first(string first, string second)
    {
        await using var product = await Product.StartAsync();
        var key = await KeyAsync(product);

        await TakeAsync(product, key, Read(Payloads.Read(first), product.Clock.Now));
        await TakeAsync(product, key, Read(Payloads.Read(second), product.Clock.Now));

        var items = await product.UseAsync(db => db.Evidence.AsNoTracking().Where(i => i.Verdict != Verdict.None).OrderBy(i => i.Series).ToListAsync());
        Assert.Equal([DateTimeOffset.Parse("2026-11-19T08:00:00Z"), null, null], items.Select(i => i.EndedAt));
    }

    [Fact]
    public async Task Sent_many_times_at_once_by_many_it_is_still_stored_once()
    {
        await using var product = await Product.StartAsync();
        var key = await KeyAsync(product);
        var items = Read(Payloads.Read("plain-many"), product.Clock.Now);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TakeAsync(product, key, items))));

        Assert.Equal(items.Count, taken.Sum(t => t.Stored));
        Assert.Equal(items.Count, await product.UseAsync(db => db.Evidence.CountAsync()));
    }

    internal static IReadOnlyList<ReportedItem> Read(byte[] body, DateTimeOffset received) =>
        Assert.IsType<EvidenceReading.Read>(ParseEvidence.From(body, received)).Items;

    internal static IReadOnlyList<ReportedItem> Read(string body, DateTimeOffset received) => Read(Encoding.UTF8.GetBytes(body), received);

    internal static async Task<EvidenceTaken> TakeAsync(Product product, VerifiedKey key, IReadOnlyList<ReportedItem> items)
    {
        await using var scope = product.Get<IServiceScopeFactory>().CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TakeEvidence>().TakeAsync(key, items, CancellationToken.None);
    }

    internal static async Task<VerifiedKey> KeyAsync(Product product, Loop? loop = null)
    {
        var of = loop ?? await product.SeedLoopAsync($"Initiative {Guid.NewGuid():N}");
        return new VerifiedKey(Id.New<EvidenceKeyId>(product.Clock), of.WorkspaceId, of.InitiativeId);
    }
}
