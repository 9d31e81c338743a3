using System.Text;
using Bot.Chat;
using Bot.Evidence;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Evidence;

/// <summary>Keys: who may make, see and revoke them, that each is shown once and kept nowhere, and what each opens.</summary>
public sealed class EvidenceKeyTests
{
    [Fact]
    public async Task The_owner_makes_a_key_and_it_opens_this_initiative_and_no_other()
    {
        await using var product = await Product.StartAsync();
        var (loop, other) = (await product.SeedLoopAsync(), await product.SeedLoopAsync("Ticket triage"));

        var secret = Secret(await MakeAsync(product, "ana", loop));

        Assert.Matches("^ap_[A-Za-z0-9_-]{43}$", secret);
        Assert.NotNull(await VerifyAsync(product, loop, secret));
        Assert.Null(await VerifyAsync(product, other, secret));
        Assert.Null(await VerifyAsync(product, loop, secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A')));
        Assert.Null(await VerifyAsync(product, loop, secret.ToUpperInvariant()));
    }

    [Fact]
    public async Task A_key_is_nowhere_in_the_store_nor_in_what_others_may_read()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        var reply = await MakeAsync(product, "ana", loop);

        var secret = Secret(reply);
        Assert.DoesNotContain(secret, reply.Card.Text);
        Assert.Empty(product.Chat.Posts);
        var file = await product.UseAsync(db => Task.FromResult(db.Database.GetDbConnection().DataSource));
        foreach (var part in new[] { file, file + "-wal" }.Where(File.Exists))
        {
            await using var stored = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new MemoryStream();
            await stored.CopyToAsync(bytes);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)));
        }

        // What is looked for would be found: its hash is.
        Assert.Equal(EvidenceSecret.Hash(secret), await product.UseAsync(db => db.EvidenceKeys.Select(k => k.Hash).SingleAsync()));
    }

    [Fact]
    public async Task The_same_delivery_again_makes_no_second_key_and_shows_none()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var form = await product.OpenAsync("ana", MakeEvidenceKey.Action, loop.InitiativeId.ToString());
        var (delivery, values) = (product.Next(), new Dictionary<string, string> { ["label"] = "nightly" });
        var secret = Secret(Assert.IsType<Reply.Whisper>(await product.SendAsync("ana", form.Ref, values, delivery)));

        var redelivered = Assert.IsType<Reply.Whisper>(await product.SendAsync("ana", form.Ref, values, delivery));
        var sentAgain = Assert.IsType<Reply.Whisper>(await product.SendAsync("ana", form.Ref, values));

        Assert.All(new[] { redelivered, sentAgain }, reply =>
        {
            Assert.Contains("cannot be shown again", reply.Card.Text);
            Assert.DoesNotContain(secret, reply.Card.Content.ToJsonString());
        });
        Assert.Equal(1, await product.UseAsync(db => db.EvidenceKeys.CountAsync()));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_and_is_shown_as_revoked()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var secret = Secret(await MakeAsync(product, "ana", loop, "nightly drift report"));
        var key = await product.UseAsync(db => db.EvidenceKeys.Select(k => k.Id).SingleAsync());

        var reply = Assert.IsType<Reply.ReplaceCard>(await product.PressAsync("root", RevokeEvidenceKey.Action, key.ToString()));

        Assert.Null(await VerifyAsync(product, loop, secret));
        var shown = CardText.Of(reply.Card);
        Assert.Contains("nightly drift report", shown);
        Assert.Contains("made 23 Nov by Ana · revoked 23 Nov", shown);
        Assert.DoesNotContain("Revoke\n", shown.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_card_lists_keys_and_says_how_to_send()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.StartLoopAsync(but: new() { ["metric"] = "Tickets deflected" });
        var seeded = await product.UseAsync(db => db.Loops.AsNoTracking().SingleAsync(l => l.Id == loop));
        var verified = await VerifyAsync(product, seeded, Secret(await MakeAsync(product, "ana", seeded, "nightly")));
        await NoteUseAsync(product, verified!);

        var shown = CardText.Of(Assert.IsType<Reply.Whisper>(await product.TypeAsync("ana", "evidence")).Card);

        Assert.Contains("made 23 Nov by Ana · last used 23 Nov, 09:00 (Berlin)", shown);
        Assert.Contains($"curl https://pilot.test/evidence/{seeded.InitiativeId} -H 'Authorization: Bearer YOUR-KEY'", shown);
        Assert.Contains("tickets_deflected", shown);
    }

    [Fact]
    public async Task Use_is_noted_at_most_once_a_minute()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var key = (await VerifyAsync(product, loop, Secret(await MakeAsync(product, "ana", loop))))!;
        var first = product.Clock.Now;

        await NoteUseAsync(product, key);
        product.Clock.Now += TimeSpan.FromSeconds(59);
        await NoteUseAsync(product, key);
        Assert.Equal(first, await UsedAsync());
        product.Clock.Now += TimeSpan.FromSeconds(1);
        await NoteUseAsync(product, key);
        Assert.Equal(first.AddMinutes(1), await UsedAsync());

        Task<DateTimeOffset?> UsedAsync() => product.UseAsync(db => db.EvidenceKeys.Select(k => k.LastUsedAt).SingleAsync());
    }

    [Fact]
    public async Task There_are_at_most_ten_keys_in_use()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var last = await product.OpenAsync("ana", MakeEvidenceKey.Action, loop.InitiativeId.ToString());
        for (var made = 0; made < MakeEvidenceKey.Most; made++)
        {
            await MakeAsync(product, "ana", loop);
        }

        var pressed = Assert.IsType<Reply.Whisper>(await product.PressAsync("ana", MakeEvidenceKey.Action, loop.InitiativeId.ToString()));
        var sent = Assert.IsType<Reply.Whisper>(await product.SendAsync("ana", last.Ref, new() { ["label"] = "one more" }));

        Assert.Contains("10 keys in use", pressed.Card.Text);
        Assert.Contains("10 keys in use", sent.Card.Text);
        Assert.Equal(10, await product.UseAsync(db => db.EvidenceKeys.CountAsync()));
        Assert.DoesNotContain("Make a key", CardText.Of(Assert.IsType<Reply.Whisper>(await product.TypeAsync("ana", "evidence")).Card));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_key_needs_a_name_that_fits(string label)
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var form = await product.OpenAsync("ana", MakeEvidenceKey.Action, loop.InitiativeId.ToString());

        var reply = Assert.IsType<Reply.FieldErrors>(await product.SendAsync("ana", form.Ref, label.Length == 0 ? [] : new() { ["label"] = label }));

        Assert.Equal(["label"], reply.Errors.Keys);
        Assert.Equal(0, await product.UseAsync(db => db.EvidenceKeys.CountAsync()));
    }

    [Fact]
    public async Task Others_are_told_who_can_and_do_nothing()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var form = await product.OpenAsync("ana", MakeEvidenceKey.Action, loop.InitiativeId.ToString());
        await MakeAsync(product, "ana", loop);
        var key = await product.UseAsync(db => db.EvidenceKeys.Select(k => k.Id).SingleAsync());

        Reply[] replies =
        [
            await product.TypeAsync("ben", "evidence"),
            await product.PressAsync("ben", MakeEvidenceKey.Action, loop.InitiativeId.ToString()),
            await product.SendAsync("ben", form.Ref, new() { ["label"] = "mine" }),
            await product.PressAsync("ben", RevokeEvidenceKey.Action, key.ToString()),
        ];

        Assert.All(replies, reply => Assert.Contains("Only Ana (owner) or a workspace admin", Assert.IsType<Reply.Whisper>(reply).Card.Text));
        Assert.Null(await product.UseAsync(db => db.EvidenceKeys.Select(k => k.RevokedAt).SingleAsync()));
    }

    [Fact]
    public async Task Keys_of_another_workspace_are_answered_like_keys_that_are_not_there()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        await MakeAsync(product, "ana", loop);
        var key = await product.UseAsync(db => db.EvidenceKeys.Select(k => k.Id).SingleAsync());
        var elsewhere = new WorkspaceRef(product.Workspace.Platform, "other", "Other");

        var theirs = await PressAsync(RevokeEvidenceKey.Action, key.ToString());
        var nothing = await PressAsync(RevokeEvidenceKey.Action, Guid.NewGuid().ToString("N"));
        var made = await PressAsync(MakeEvidenceKey.Action, loop.InitiativeId.ToString());

        Assert.Equal(nothing, theirs);
        Assert.Equal(nothing, made);
        Assert.Null(await product.UseAsync(db => db.EvidenceKeys.Select(k => k.RevokedAt).SingleAsync()));

        async Task<string> PressAsync(string action, string about) => Assert.IsType<Reply.Whisper>(await product.HearAsync(new CardAction(
            product.Next(), elsewhere, new ChatPerson("eve", "Eve", null, true), product.Personal("eve"), new ActionRef(action, about), null))).Card.Text;
    }

    [Fact]
    public async Task A_workspace_that_was_left_takes_no_evidence()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var secret = Secret(await MakeAsync(product, "ana", loop));
        await product.UseAsync(db => db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.RemovedAt, product.Clock.Now)));

        Assert.Null(await VerifyAsync(product, loop, secret));
    }

    private static async Task<Reply.Whisper> MakeAsync(Product product, string who, Loop loop, string label = "a monitor")
    {
        var form = await product.OpenAsync(who, MakeEvidenceKey.Action, loop.InitiativeId.ToString());
        return Assert.IsType<Reply.Whisper>(await product.SendAsync(who, form.Ref, new() { ["label"] = label }));
    }

    private static string Secret(Reply.Whisper made) => CardText.Of(made.Card).Split('\n', StringSplitOptions.TrimEntries).Single(l => l.StartsWith("ap_", StringComparison.Ordinal));

    private static async Task<VerifiedKey?> VerifyAsync(Product product, Loop loop, string secret)
    {
        await using var scope = product.Get<IServiceScopeFactory>().CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CheckEvidenceKey>().VerifyAsync(loop.InitiativeId, secret, CancellationToken.None);
    }

    private static async Task NoteUseAsync(Product product, VerifiedKey key)
    {
        await using var scope = product.Get<IServiceScopeFactory>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CheckEvidenceKey>().NoteUseAsync(key, CancellationToken.None);
    }
}
