using Bot.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Store;

// What the server itself keeps of a row leads nobody from a note to its writer: not the transaction that wrote it, not where it lies.
public sealed class NamelessOnPostgresTests
{
    [PostgresFact]
    public async Task After_tidying_no_note_shares_a_transaction_with_anything_and_none_lies_in_the_order_of_its_coming()
    {
        await using var store = await TestStore.MigratedOnServerAsync();
        await using var product = await Product.StartAsync(on: store);
        var loop = await product.StartLoopAsync();
        await product.MoveToAsync("2026-11-25T09:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        foreach (var who in new[] { "ana", "ben", "chloe", "dev" })
        {
            await product.AnswerAsync(who, round.Id, "2", new() { ["struggles"] = "trust", ["struggleText"] = "said by " + who, ["nameless"] = "true" });
        }

        Assert.Equal(4, await SharedAsync(product));

        await product.AskAsync<Tidy, bool>(async tidy =>
        {
            await tidy.RunAsync(CancellationToken.None);
            return true;
        });

        Assert.Equal(0, await SharedAsync(product));
        var lying = await product.UseAsync(db => db.Database.SqlQuery<Guid>($"""SELECT "Id" AS "Value" FROM "NamelessNotes" ORDER BY ctid""").ToListAsync());
        Assert.Equal(lying.Order(), lying);
        Assert.Equal(4, lying.Count);
    }

    /// <summary>Notes of which an invitation, an inbox entry or a card tells whose they are, or when.</summary>
    private static Task<int> SharedAsync(Product product) => product.UseAsync(db => db.Database.SqlQuery<int>(
        $"""
        SELECT count(*)::int AS "Value" FROM "NamelessNotes" note
        WHERE EXISTS (SELECT 1 FROM "Invitations" other WHERE other.xmin = note.xmin) OR EXISTS (SELECT 1 FROM "Inbox" other WHERE other.xmin = note.xmin)
            OR EXISTS (SELECT 1 FROM "Outbox" other WHERE other.xmin = note.xmin)
        """).SingleAsync());
}
