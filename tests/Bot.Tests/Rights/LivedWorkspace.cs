using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Reviews;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Rights;

/// <summary>A workspace in which two weeks were lived and everything was typed, pressed and sent; every name and text in it has one word in common.</summary>
internal sealed class LivedWorkspace
{
    /// <summary>In everything that is the workspace's own.</summary>
    public const string Mark = "quokka";
    public const string TheInitiative = "Quokka predictor";
    private static readonly Conversation Channel = new(Product.Team, ConversationKind.Channel, "quokka-room");

    private LivedWorkspace(IReadOnlyList<Walker> walkers)
    {
        Buttons = [.. walkers.SelectMany(walker => walker.Buttons).Distinct()];
        Forms = [.. walkers.SelectMany(walker => walker.Forms).DistinctBy(form => form.Key)];
    }

    /// <summary>All that were pressed, with the keys they have here.</summary>
    public IReadOnlyList<ActionRef> Buttons { get; }

    /// <summary>All that opened, with what was sent.</summary>
    public IReadOnlyList<KeyValuePair<ActionRef, Dictionary<string, string>>> Forms { get; }

    public static async Task<LivedWorkspace> LiveAsync(Product product)
    {
        await product.HearAsync(new MembersChanged(product.Next(), product.Workspace with { Name = "Quokka Inc" }, Channel,
            [.. new[] { "ana", "ben", "chloe", "dev" }.Select(who => new ChatPerson(who, $"Quokka {who}", "Europe/Berlin", false)), new ChatPerson("root", "Quokka root", null, true)], []));
        var loop = await product.StartLoopAsync(TheInitiative, but: new() { ["metric"] = "quokka calls", ["unit"] = "quokkas" });
        var walkers = new List<Walker>();
        foreach (var (opens, reviews, closes, warned) in new[]
        {
            ("2026-11-25T09:30:00Z", "2026-11-26T09:05:00Z", "2026-11-26T10:00:00Z", "2026-11-26T12:00:00Z"), ("2026-12-02T09:30:00Z", "2026-12-03T09:05:00Z", "2026-12-03T10:00:00Z", "2026-12-03T12:00:00Z"),
        })
        {
            await product.MoveToAsync(opens);
            var round = await product.RoundAsync(loop, reviews[..10]);
            foreach (var who in new[] { "ana", "ben", "chloe", "dev" })
            {
                await product.AnswerAsync(who, round.Id, "2", new() { ["comment"] = "the quokka is slow", ["struggles"] = "other", ["struggleText"] = "no quokka in the field", ["drift"] = "yes", ["driftExample"] = "new quokkas" });
            }

            await product.MoveToAsync(reviews);
            // Shown as they stand in the review, before its week is closed.
            walkers.Add(new Walker(product, product.Workspace, new ChatPerson("ana"), Channel, Mark));
            await PressInWavesAsync(product, walkers[^1]);
            await product.MoveToAsync(closes);
            await product.MoveToAsync(warned);
            // At once: what is done next may end them.
            walkers.Add(new Walker(product, product.Workspace, new ChatPerson("root"), Channel, Mark));
            await walkers[^1].PressEverythingAsync(Cards(product), [.. product.Get<IEnumerable<ActionName>>().Select(action => action.Name).Where(name => name != AnswerWarning.Action)]);
        }

        // In the middle of the third check-in: something is open for everybody.
        await product.MoveToAsync("2026-12-09T09:30:00Z");
        foreach (var who in new[] { "ana", "root" })
        {
            walkers.Add(new Walker(product, product.Workspace, new ChatPerson(who), Channel, Mark));
            await walkers[^1].TypeEverythingAsync(Fillings(TheInitiative, Mark));
            await PressInWavesAsync(product, walkers[^1]);
        }

        return new LivedWorkspace(walkers);
    }

    public static Dictionary<string, string> Fillings(string initiative, string mark) => new()
    {
        ["initiative"] = initiative, ["name"] = $"{mark} second", ["reason"] = $"{mark} reason", ["rule"] = "overstay", ["stage"] = "deploying", ["zone"] = "Europe/Berlin", ["date"] = "2026-12-17", ["weeks"] = "8",
        ["#channel"] = "here",
    };

    /// <summary>What a press brings about is posted, and has buttons of its own; what ends a review or a workshop comes last.</summary>
    private static async Task PressInWavesAsync(Product product, Walker walker)
    {
        for (var wave = 0; wave < 3; wave++)
        {
            await product.RunAsync();
            await walker.PressEverythingAsync(Cards(product), EndReview.Action, EndWorkshop.Action, DeclineCheckIn.Action);
        }

        await walker.PressEverythingAsync(Cards(product));
        await product.RunAsync();
    }

    /// <summary>Everything that was posted, in all its versions.</summary>
    private static IEnumerable<Card> Cards(Product product) => product.Chat.Posts.SelectMany(post => post.Versions);

    /// <summary>One id of each kind of thing that there is, as keys name them, by kind.</summary>
    public static Task<Dictionary<Type, string>> IdsAsync(Product product) => product.UseAsync(async db =>
    {
        var ids = new Dictionary<Type, string>();
        foreach (var type in db.Model.GetEntityTypes().Where(t => !t.IsOwned() && t.FindPrimaryKey()!.Properties is [{ Name: "Id" }]))
        {
            var set = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type.ClrType).Invoke(db, null)!;
            if (await set.FirstOrDefaultAsync() is { } row)
            {
                ids.Add(type.ClrType, db.Entry(row).Property("Id").CurrentValue!.ToString()!);
            }
        }

        return ids;
    });
}
