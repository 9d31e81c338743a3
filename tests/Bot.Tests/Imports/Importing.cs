using System.Text;
using Bot.CheckIns;
using Bot.Imports;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Imports;

/// <summary>Imports made-up files, and reads what became of them.</summary>
internal static class Importing
{
    public static ImportColumns Columns { get; } = new("date", "rating", "text");

    public static Task<ImportOutcome> ImportAsync(
        Product product, Loop loop, string file, ImportColumns? columns = null, bool leaveOutBadRows = false, IProgress<(int, int)>? progress = null, CancellationToken ct = default) =>
        ImportAsync(product, loop, Encoding.UTF8.GetBytes(file), columns, leaveOutBadRows, progress, ct);

    public static Task<ImportOutcome> ImportAsync(
        Product product, Loop loop, byte[] file, ImportColumns? columns = null, bool leaveOutBadRows = false, IProgress<(int, int)>? progress = null, CancellationToken ct = default) =>
        product.UseAsync(db => new ImportAnswers(db, product.Clock, NullLogger<ImportAnswers>.Instance)
            .RunAsync(loop, new MemoryStream(file), columns ?? Columns, leaveOutBadRows, progress, ct));

    public static Task<List<Round>> RoundsAsync(Product product, Loop loop) =>
        product.UseAsync(db => db.Rounds.AsNoTracking().Where(r => r.LoopId == loop.Id && r.Imported).OrderBy(r => r.ReviewDate).ToListAsync());

    public static Task<List<Answer>> AnswersAsync(Product product) => product.UseAsync(db => db.Answers.AsNoTracking().OrderBy(a => a.Id).ToListAsync());
}
