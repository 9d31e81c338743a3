using Bot.Exports;
using Bot.Links;
using Microsoft.AspNetCore.Http;

namespace Bot.Web.Links;

/// <summary>Somebody follows a link of <c>/pilot export</c>.</summary>
public static class DownloadExport
{
    public static async Task<IResult> HandleAsync(string token, string file, DataProtectionLinks links, FollowLink follow, WriteExport write, CancellationToken ct)
    {
        if (!ExportFile.Names.Contains(file) || links.ReadExport(token, file) is not { } link || await follow.ToSetAsync(link, ct) is not { } loop)
        {
            return Gone.Link();
        }

        return Results.File(await write.BytesAsync(loop, file, ct), ExportFile.MediaType(file), $"{FileName(loop.Initiative.Name)}-{file}");
    }

    /// <summary>Letters and digits of any script; all else would need care in somebody's file system.</summary>
    internal static string FileName(string initiative) => string.Concat(initiative.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
}
